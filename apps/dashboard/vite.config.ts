import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const supervisor = process.env.QUORATE_SUPERVISOR ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte()],
  build: { target: 'es2023' },
  server: {
    proxy: {
      '/api': { target: supervisor, changeOrigin: true },
      '/socket.io': { target: supervisor, changeOrigin: true, ws: true },
    },
  },
  test: {
    projects: [
      {
        // Plain TypeScript, with Node's own packages: no browser is imitated.
        test: {
          name: 'plain',
          environment: 'node',
          include: ['src/{core,api}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        plugins: [svelteTesting()],
        test: {
          name: 'page',
          environment: 'happy-dom',
          include: ['src/{actions,components,state}/**/*.test.ts'],
        },
      },
    ],
  },
});
