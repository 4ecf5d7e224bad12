import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentsOf } from '../files/regular-file.js';
import { decoded, reasonOf } from '../files/reading.js';
import { visibleName } from '../visible-text.js';
import { Baseline } from './baseline.js';
import { baselineName } from './baseline-name.js';
import { BaselineMistake, baselineEntriesIn } from './baseline-text.js';

/** A baseline that cannot be read, with the place, the reason and the remedy. */
export class UnreadableBaseline extends Error {
  override readonly name = 'UnreadableBaseline';
}

/**
 * The baseline that counts in a folder: its own, or that of the nearest folder above it in the same git repository.
 *
 * @returns its absolute path; `undefined` if there is none
 */
export function baselineAround(folder: string): string | undefined {
  const above: string[] = [];
  for (let here = folder; ; here = dirname(here)) {
    above.push(here);
    if (existsSync(join(here, '.git'))) break;
    // Outside a repository, what stands above the folder is not known to belong to it.
    if (here === dirname(here)) return above.slice(0, 1).map(baselineIn).find(existsSync);
  }
  return above.map(baselineIn).find(existsSync);
}

function baselineIn(folder: string): string {
  return join(folder, baselineName);
}

/**
 * Reads a baseline.
 *
 * @param file its absolute path
 * @throws UnreadableBaseline
 */
export function readBaseline(file: string): { baseline: Baseline; text: string } {
  try {
    const text = decoded(file, contentsOf(file));
    return { baseline: new Baseline(file, baselineEntriesIn(text, file)), text };
  } catch (error) {
    const place =
      error instanceof BaselineMistake ? `${visibleName(file)}:${error.line}:${error.column}` : visibleName(file);
    const reason = error instanceof BaselineMistake ? error.message : reasonOf(error);
    const remedy = 'Mend it, or delete it and write it anew with lint --update-baseline.';
    throw new UnreadableBaseline(`${place}: ${reason}. ${remedy}`);
  }
}
