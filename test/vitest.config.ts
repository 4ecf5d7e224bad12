import { defineConfig } from 'vitest/config';
import { slow } from './slow.js';

/** What every run of tests has in common. */
export const common = defineConfig({
  test: {
    dir: import.meta.dirname,
    exclude: ['**/node_modules/**'],
    globalSetup: './test/temporary-folder.ts',
    // What hangs has to end some time; what is slow on a busy machine is none the worse for it.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Some disks take minutes to delete what the tests leave behind.
    teardownTimeout: 300_000,
    // By default, Vitest leaves one core idle.
    maxWorkers: '100%',
  },
});

export default defineConfig({ test: { ...common.test, exclude: ['**/node_modules/**', ...slow] } });
