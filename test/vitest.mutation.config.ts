import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Runs the tests without Spectral first. Loading Spectral takes longer than these tests, and a mutant that one test kills needs no other. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => quickest.findIndex((part) => moduleId.includes(`/test/${part}`));
    return files.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** The tests for mutation testing, which runs them thousands of times. The quickest come first. */
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
