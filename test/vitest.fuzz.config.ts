import { mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

export default mergeConfig(base, {
  test: {
    include: ['fuzz/*.test.ts'],
    env: { CASES: process.env['CASES'] ?? '100000', SEED: process.env['SEED'] ?? 'random' },
  },
});
