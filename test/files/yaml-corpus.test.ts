import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTextFile } from '../../src/files/reading.js';
import { fc } from '../fast-check.js';
import { corpus, hasCorpus } from '../files.js';
import { damaged, damages, readings, numbers } from './spectral-yaml.js';

const docs = join(corpus, 'docs');
const files = hasCorpus
  ? readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ya?ml$/.test(file))
  : [];

/** The longest real description to look up every value of, in characters. */
const largest = 500_000;

test.skipIf(!hasCorpus)(
  'real descriptions, as they are and damaged, say what the parser of Spectral says they do',
  () => {
    const some = fc.sample(fc.tuple(fc.array(damages, { maxLength: 1 }), numbers), files.length);
    for (const [index, file] of files.entries()) {
      const [all = [], places = []] = some[index] ?? [];
      const { text } = readTextFile(join(docs, file));
      if (text.length > largest) continue;
      for (const one of [text, damaged(text, all)]) {
        const { ours, theirs } = readings(one, places);
        expect(ours).toEqual(theirs);
      }
    }
  },
);

test.skipIf(!hasCorpus)("Spectral's parser has to read at most one in fifty real documents", () => {
  const slow = files.filter((file) => readTextFile(join(docs, file)).isReadBySpectral);
  expect(slow.length).toBeLessThan(files.length / 50);
});
