import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    dir: import.meta.dirname,
    exclude: ['**/node_modules/**'],
    globalSetup: './test/temporary.ts',
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
