import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A CommonJS package is imported as Node imports it, so that tests run what users run.
    deps: { interopDefault: false },
    // Tests in test/ start real processes, and elections take their time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
