import { mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** The tests that run the sources in their own process. The tests of the command and of the language server start the bundle instead. */
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
    // The corpus of real descriptions adds no coverage, and is not available everywhere.
    exclude: ['**/corpus.test.ts'],
    coverage: {
      enabled: true,
      include: ['src/{model,text-editor,grammar,rules}/**', 'src/{obligation,rule}.ts'],
      reporter: ['text', 'html'],
      reportsDirectory: 'coverage',
      // The uncovered lines guard against impossible states, or are branches that only the types require.
      thresholds: {
        // Objects are told apart by their shape in more ways than the tests try.
        'src/{model,grammar,rules}/**': { statements: 99.5, branches: 97.5, functions: 99.5, lines: 100 },
        'src/{obligation,rule}.ts': { 100: true },
        'src/text-editor/**': { statements: 98, branches: 94, functions: 99, lines: 99 },
      },
    },
  },
});
