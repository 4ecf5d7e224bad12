import { shortName } from '../../files/discovery.js';
import { Failure } from './failure.js';
import { Replacement, type TextChange } from './replacement.js';

/**
 * Replaces files, all or none. Each file is either the old one or the new one at any moment, even if the process is killed.
 * Symbolic links to it, its mode, its owner, its extended attributes and its access control list are kept.
 *
 * @param cwd the folder that names in messages are relative to
 * @returns messages about what could not be kept
 * @throws Failure if a file cannot be replaced, or has changed since it was read; then all files are as they were, unless the
 *   message says otherwise
 */
export function replaceFiles(changes: readonly TextChange[], cwd: string): string[] {
  const replacements: Replacement[] = [];
  // An interrupt must not end the process while some files are replaced and others are not.
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
 * Puts replaced files back, the last one first. If one fails, it goes on with the others.
 *
 * @returns those that could not be put back, each with the reason and the path of the old file
 */
export function putBack(replacements: readonly Replacement[]): string[] {
  return replacements.toReversed().flatMap((replacement) => replacement.putBack() ?? []);
}
