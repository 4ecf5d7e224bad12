import { isAbsolute, posix, relative, resolve, sep } from 'node:path';

/** Whether a glob excludes files, such as `!legacy/**`. `!(a|b).json` is an ordinary glob. */
export function isNegated(glob: string): boolean {
  return glob.startsWith('!') && !glob.startsWith('!(');
}

/** The patterns of the files that a negated glob excludes. A folder stands for all files in it. */
export function takenAwayBy(glob: string): string[] {
  const path = posix.normalize(glob.slice(1).replaceAll('\\', '/')).replace(/\/$/, '');
  // A second exclamation mark is part of the name.
  const plain = isNegated(path) ? `\\${path}` : path;
  return [plain, `${plain}/**`];
}

/**
 * Which files negated globs exclude.
 *
 * @param globs relative to a folder, or absolute
 * @param folder an absolute path
 * @param matchBase whether a glob without a slash matches file names in any folder
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
      // `**/` also matches folders outside this one.
      const below = first.startsWith('**/') ? seen.replace(/^(?:\.\.\/)+/, '') : seen;
      return file === literal || micromatch.isMatch(isAbsolute(first) ? absolute : below, patterns, { dot: true });
    });
  };
}
