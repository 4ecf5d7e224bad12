import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The tests of a list, by their paths below `test`, each of which has to be there. */
function existing(files: readonly string[]): readonly string[] {
  const gone = files.filter((file) => !existsSync(join(import.meta.dirname, file)));
  if (gone.length > 0) throw new Error(`test/slow.ts names tests that are not there: ${gone.join(', ')}`);
  return files;
}

/**
 * What `npm test` leaves to `npm run test:slow`: these install packages, wait for other programs, kill many processes or edit what
 * they work on, start hundreds of processes, take the time of what they do, or read every real description.
 */
export const slow = existing([
  'build.test.ts',
  'hosts/cli/boundaries.test.ts',
  'hosts/cli/edited-meanwhile.test.ts',
  'hosts/cli/exit-codes.test.ts',
  'hosts/cli/interrupted.test.ts',
  'corpus.test.ts',
  'growth-in-time.test.ts',
  'hygiene.test.ts',
  'hosts/language-server/neovim.test.ts',
  'package.test.ts',
  'pre-commit.test.ts',
  'fixing/corpus.test.ts',
]);

/** What both runs have: with as many generated documents as CASES says, which are few in `npm test`. */
export const generative = existing(['text-editor/laws.test.ts', 'fuzz/fuzz.test.ts', 'fixing/laws.test.ts']);
