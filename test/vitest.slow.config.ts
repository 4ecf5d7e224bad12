import { mergeConfig } from 'vitest/config';
import { generative, slow } from './slow.js';
import { common } from './vitest.config.js';

export default mergeConfig(common, {
  test: { include: [...slow, ...generative], env: { CASES: process.env['CASES'] ?? '2000' } },
});
