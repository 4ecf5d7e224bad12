import { mergeConfig } from 'vitest/config';
import { generative, slow } from './slow.js';
import { common } from './vitest.config.js';

export default mergeConfig(common, {
  test: {
    // Its modules import JSON in a way that only bundlers allow.
    server: { deps: { inline: [/@actions\/workflow-parser/] } },
    include: [...slow, ...generative],
    env: { CASES: process.env['CASES'] ?? '2000' },
  },
});
