import { mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** What runs the sources themselves; the command and the language server run as processes, from the bundle. */
const inProcess = [
  'model',
  'grammar',
  'text-editor',
  'rules',
  'files',
  'fixing',
  'user-ruleset',
  'lint',
  'hosts/cli/formats',
  'obligation',
  'rule',
  'laws',
  'messages',
];

export default mergeConfig(base, {
  test: {
    env: { COVERAGE: 'true' },
    include: inProcess.flatMap((part) => [`${part}/*.test.ts`, `${part}.test.ts`]),
    // Real descriptions reach nothing that the others do not, and are not everywhere.
    exclude: ['**/corpus.test.ts'],
    coverage: {
      enabled: true,
      include: ['src/{model,text-editor,grammar,rules}/**', 'src/{obligation,rule}.ts'],
      reporter: ['text', 'html'],
      reportsDirectory: 'coverage',
      // What is left out defends against what cannot happen, or is an alternative that only types know of.
      thresholds: {
        'src/{model,grammar,rules}/**': { 100: true },
        'src/{obligation,rule}.ts': { 100: true },
        'src/text-editor/**': { statements: 98, branches: 94, functions: 99, lines: 99 },
      },
    },
  },
});
