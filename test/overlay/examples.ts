import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../files.js';
import { fixedOverlay } from './fixed-overlay.js';

const paths = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /(?:violation\.yaml|orders\.(?:yaml|json))$/.test(path))
  .toSorted();

/** The overlays of all examples in which something can be fixed. */
export const overlaysOfExamples = paths.flatMap((path) => {
  const file = join(root, 'examples', path);
  const made = fixedOverlay(file, readFileSync(file, 'utf8'));
  return made === undefined ? [] : { path, file, ...made };
});
