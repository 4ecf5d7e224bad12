import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Runs tests without Spectral first: loading Spectral takes longer than they do, and a mutant that they kill needs no other test. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => quickest.findIndex((part) => moduleId.includes(`/test/${part}`));
    return files.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** The tests for mutation testing, quickest first. Mutation testing runs them thousands of times. */
const quickest = [
  'model/',
  'grammar/',
  'obligation.',
  'rule.',
  'messages.',
  'rules/definition.',
  'fixing/fix-all.',
  'rules/',
  'laws.',
];

export default defineConfig({
  test: {
    include: quickest.map((part) => `test/${part}${part.endsWith('/') ? '*.' : ''}test.ts`),
    isolate: false,
    sequence: { sequencer: QuickestFirst },
  },
});
