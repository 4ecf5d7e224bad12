import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The root of the project. */
export const root = dirname(import.meta.dirname);

/** Descriptions from the wild, where somebody has put them beside the project; not part of it. */
export const corpus = join(root, '../shared/corpus');
export const hasCorpus = existsSync(corpus);

/** A description among those, and what another program has counted in it. */
export interface CorpusRow {
  readonly entry: string;
  readonly [count: string]: string;
}

/** The descriptions, by the path of their entry below `docs`. */
export function corpusRows(): CorpusRow[] {
  const [head = [], ...rows] = readFileSync(join(corpus, 'expected.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map(
    (cells) => Object.fromEntries(cells.map((cell, index) => [head[index], cell])) as unknown as CorpusRow,
  );
}

/** The text of a file of the project. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** A folder of its own for a test or a suite, with the given files in it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
