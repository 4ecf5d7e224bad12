import { isAbsolute, posix, relative, resolve, sep } from 'node:path';

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
 * @param matchBase whether a glob without a slash is about the names of files in whatever folder
 * @returns a function that takes absolute paths
 */
export async function exclusion(
  globs: readonly string[],
  folder: string,
  matchBase = false,
): Promise<(file: string) => boolean> {
  if (globs.length === 0) return () => false;
  const { default: micromatch } = await import('micromatch');
  const taken = globs.map((glob) => {
    const isBase = matchBase && !glob.includes('/');
    return {
      literal: resolve(folder, glob.slice(1)),
      patterns: takenAwayBy(glob).map((pattern) => (isBase ? `**/${pattern}` : pattern)),
    };
  });
  return (file) => {
    const absolute = file.split(sep).join('/');
    const seen = relative(folder, file).split(sep).join('/');
    return taken.some(({ literal, patterns }) => {
      const [first = ''] = patterns;
      // Whatever folder also means one that is not in this one.
      const below = first.startsWith('**/') ? seen.replace(/^(?:\.\.\/)+/, '') : seen;
      return file === literal || micromatch.isMatch(isAbsolute(first) ? absolute : below, patterns, { dot: true });
    });
  };
}
