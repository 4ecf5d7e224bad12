import { mergeConfig } from 'vitest/config';

process.env['CASES'] ??= '100000';
const { default: base } = await import('./vitest.config.js');

export default mergeConfig(base, {
  test: {
    include: ['fuzz/*.test.ts'],
    env: { SEED: process.env['SEED'] ?? 'random' },
  },
});
