import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests without Spectral first: it takes longer to load than they take, and a mutant that they notice needs no other test. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => quickest.findIndex((part) => moduleId.includes(`/test/${part}`));
    return files.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** What mutation testing runs thousands of times: tests that are quick, by how quick they are. */
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
