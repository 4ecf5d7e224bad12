import { shortName } from '../../files/discovery.js';
import { Failure } from './failure.js';
import { Replacement, type TextChange } from './replacement.js';

/**
 * Replaces files, all or none. Each is whole at any moment, the old one or the new one, whatever happens to the process; links
 * to it, its mode, its owner, its extended attributes and its access control list stay.
 *
 * @param cwd the folder that they are named relative to
 * @returns what is to be said about that: what of a file could not be kept
 * @throws Failure where one of them cannot be replaced, or was changed since it was read; all of them are as they were then,
 *   unless it says otherwise
 */
export function replaceFiles(changes: readonly TextChange[], cwd: string): string[] {
  const replacements: Replacement[] = [];
  // What has begun is brought to its end before an interruption ends the process.
  const wait = () => {};
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, wait);
  try {
    for (const change of changes) replacements.push(new Replacement(change, shortName(change.file, cwd)));
    for (const replacement of replacements) replacement.replace();
    for (const replacement of replacements) replacement.confirm();
    return replacements.flatMap((replacement) => replacement.finish());
  } catch (error) {
    const remaining = putBack(replacements);
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      remaining.length === 0
        ? `${error.message}. No file was changed.`
        : `${error.message}. The files were restored, except ${remaining.join(', and ')}.`,
    );
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, wait);
  }
}

/**
 * Puts files back that have been replaced, the last one first, whatever becomes of the others.
 *
 * @returns those that could not be put back, each with the reason and the path at which the old one is
 */
export function putBack(replacements: readonly Replacement[]): string[] {
  return replacements.toReversed().flatMap((replacement) => replacement.putBack() ?? []);
}
