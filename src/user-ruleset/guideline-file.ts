import { basename } from 'node:path';
import { reasonOf } from '../files/reading.js';
import { contentsOf } from '../files/regular-file.js';
import type { Guideline } from '../guidelines/guideline.js';
import { ownGuideline, type OwnGuidelineText } from '../guidelines/own-guideline.js';
import { parseGuideline } from './guideline-text.js';
import { UnreadableRuleset } from './selection.js';

/** A team's own guideline, and what its file says. */
export interface GuidelineFile {
  readonly text: OwnGuidelineText;
  readonly guideline: Guideline;
}

/**
 * Reads a team's own guideline.
 *
 * @param file its absolute path
 * @throws UnreadableRuleset with the line and column of every mistake
 */
export function readGuideline(file: string): GuidelineFile {
  const text = parseGuideline(sourceOf(file));
  if ('who' in text) return { text, guideline: ownGuideline(text, basename(file)) };
  const [first, ...others] = text.map(({ line, column, what }) => ({ place: `${file}:${line}:${column}`, what }));
  throw new UnreadableRuleset(
    first?.place ?? file,
    [first?.what ?? '', ...others.map(({ place, what }) => `${place}: ${what}`)].join('\n'),
  );
}

function sourceOf(file: string): string {
  try {
    return contentsOf(file).toString('utf8');
  } catch (error) {
    throw new UnreadableRuleset(file, reasonOf(error));
  }
}
