import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import micromatch from 'micromatch';

/** Whether a glob takes away from what stands before it: `!legacy/**`. `!(a|b).json` is a glob like any other. */
export function isNegated(glob: string): boolean {
  return glob.startsWith('!') && !glob.startsWith('!(');
}

/** What a negated glob takes away: a folder stands for all that is in it. */
export function takenAwayBy(glob: string): string[] {
  const path = posix.normalize(glob.slice(1).replaceAll('\\', '/')).replace(/\/$/, '');
  // Another exclamation mark is a part of a name.
  const plain = isNegated(path) ? `\\${path}` : path;
  return [plain, `${plain}/**`];
}

/**
 * Which files some negated globs take away.
 *
 * @param globs relative to a folder, or absolute
 * @param folder an absolute path
 * @returns a function that takes absolute paths
 */
export function exclusion(globs: readonly string[], folder: string): (file: string) => boolean {
  const taken = globs.map((glob) => ({ literal: resolve(folder, glob.slice(1)), patterns: takenAwayBy(glob) }));
  return (file) => {
    const absolute = file.split(sep).join('/');
    const seen = relative(folder, file).split(sep).join('/');
    return taken.some(({ literal, patterns }) => {
      const [first = ''] = patterns;
      const name = isAbsolute(first) ? absolute : first.startsWith('**/') ? absolute.replace(/^\//, '') : seen;
      return file === literal || micromatch.isMatch(name, patterns, { dot: true });
    });
  };
}
