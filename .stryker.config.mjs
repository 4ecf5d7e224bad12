// Mutation testing: what the tests would not notice if it were changed. The tests lint with the built ruleset too, so the mutants are built.

/** What the rules say of themselves, and not of a description: `test/generated.test.ts` compares it with the documentation. */
const documentation = ['id', 'summary', 'rationale', 'exceptions', 'cites', 'recommended', 'fix'];

/** Whether a part of the syntax is a member of a rule that documents it: a rule is what has a `summary`. */
const isDocumentation = ({ node, parent }) =>
  node.type === 'ObjectProperty' &&
  documentation.includes(node.key.name) &&
  parent.properties.some(({ key }) => key?.name === 'summary');

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'documentation',
    value: { shouldIgnore: (path) => (isDocumentation(path) ? 'documentation of a rule' : undefined) },
  },
];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner', import.meta.filename],
  ignorers: ['documentation'],
  // Stryker rewrites tsconfig.json with TypeScript's old API, which TypeScript 7 does not have. There is nothing to rewrite.
  tsconfigFile: 'none',
  buildCommand: 'npm run build',
  mutate: ['src/model/**/*.ts', 'src/grammar/**/*.ts', 'src/rules/**/*.ts', 'src/obligation.ts', 'src/rule.ts'],
  ignorePatterns: ['/dist', '/coverage'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  tempDirName: '.stryker',
  reporters: ['progress-append-only', 'clear-text', 'html'],
  htmlReporter: { fileName: 'coverage/mutation.html' },
  clearTextReporter: { reportTests: false },
};
