import { mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** The tests that run the sources in their own process. The tests of the command and of the language server start the bundle instead. */
const inProcess = [
  'model',
  'baseline',
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
    env: { COVERAGE: 'true', CASES: '2000' },
    include: inProcess.flatMap((part) => [`${part}/*.test.ts`, `${part}.test.ts`]),
    // The corpus of real descriptions adds no coverage, and is not available everywhere.
    exclude: ['**/corpus.test.ts'],
    coverage: {
      enabled: true,
      include: ['src/{model,text-editor,grammar,rules}/**', 'src/{obligation,rule,check,message}.ts'],
      reporter: ['text', 'html'],
      reportsDirectory: 'coverage',
      thresholds: {
        // Tests reach everything here but a few branches. The margin keeps one more from failing a change that is right.
        'src/{model,grammar,rules}/**': { statements: 99.8, branches: 99.5, functions: 99.5, lines: 99.8 },
        'src/{obligation,rule,check,message}.ts': { 100: true },
        // The uncovered branches of the text editor guard against impossible states, or are required only by the types.
        'src/text-editor/**': { statements: 98, branches: 94, functions: 99, lines: 99 },
      },
    },
  },
});
