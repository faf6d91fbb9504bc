import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most tests start real processes, and on a machine that is busy each takes seconds to begin.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
