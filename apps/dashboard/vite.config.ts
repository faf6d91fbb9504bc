import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  // The page works from any folder of any server.
  base: './',
  build: { target: 'es2023' },
  test: {
    projects: [
      {
        // Plain TypeScript, with Node's own packages: hardly any browser is imitated.
        test: {
          name: 'plain',
          environment: 'node',
          include: ['src/{core,api}/**/*.test.ts'],
          setupFiles: ['test/window.ts'],
        },
      },
      {
        extends: true,
        plugins: [svelteTesting()],
        test: {
          name: 'page',
          environment: 'happy-dom',
          include: ['src/{actions,components,pages,state}/**/*.test.ts'],
        },
      },
    ],
  },
});
