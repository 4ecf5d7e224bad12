import { defineConfig } from 'vitest/config';
import { slow } from './slow.js';

/** The configuration that all test runs share. */
export const common = defineConfig({
  test: {
    dir: import.meta.dirname,
    exclude: ['**/node_modules/**'],
    globalSetup: './test/temporary-folder.ts',
    // The limit only ends tests that hang. Slow tests on a busy machine must not fail.
    testTimeout: 300_000 + 120 * Number(process.env['CASES'] ?? 0),
    hookTimeout: 300_000,
    // Some disks take minutes to delete the temporary files of the tests.
    teardownTimeout: 300_000,
    // By default, Vitest leaves one core idle.
    maxWorkers: '100%',
  },
});

// The test files of a worker share its modules: to load Spectral for each of them would take a third of the time.
export default defineConfig({ test: { ...common.test, isolate: false, exclude: ['**/node_modules/**', ...slow] } });
