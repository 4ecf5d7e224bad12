import { relative, resolve, sep } from 'node:path';
import { decoded } from '../../files/reading.js';
import type { Selection } from '../../user-ruleset/selection.js';
import { Failure } from './failure.js';
import type { NamedFiles } from './find-files.js';
import { formats as formatsByName } from './formats/formats.js';
import type { LintOptions } from './lint-command.js';
import type { LintTask } from './lint-file.js';

/** The name of standard input without `--stdin-filepath`. */
const stdinName = '<STDIN>';

/** The files to lint: those that were named, or the part of them that was asked for, and standard input. */
export async function tasksFor(
  { files, named }: NamedFiles,
  { files: args, stdinFilepath, allowRemote, overlays, formats, shard, ignoreUnknownFormat, cache }: LintOptions,
  selection: Selection,
  cwd: string,
): Promise<LintTask[]> {
  // A fix is an edit of the text, which does not say what the overlays make of it.
  const withFixes = overlays.length === 0 && formats.some(({ format }) => formatsByName[format].hasFixes === true);
  const taskFor = (file: string, isNamed: boolean): LintTask => {
    const rules = selection.rulesFor(file).map(({ id }) => id);
    const follows = selection.followedFor(file);
    return {
      file,
      isNamed,
      rules,
      follows,
      allowRemote,
      withFixes,
      isCached: cache && overlays.length === 0,
      overlays: overlays.map((name) => resolve(cwd, name)),
    };
  };
  const chosen = shard === undefined ? files : await shardOf(files, shard, cwd);
  const tasks = chosen.map((file) => taskFor(file, named.has(file) && !ignoreUnknownFormat));
  if (args.includes('-')) {
    const task = taskFor(standardInputFile({ stdinFilepath }, cwd), !ignoreUnknownFormat);
    tasks.push({ ...task, isCached: false, text: await standardInput() });
  }
  return tasks;
}

/** The path that standard input stands for. */
export function standardInputFile({ stdinFilepath }: Pick<LintOptions, 'stdinFilepath'>, cwd: string): string {
  return resolve(cwd, stdinFilepath ?? stdinName);
}

/**
 * Reads standard input to its end.
 *
 * @throws Failure if it is not text
 */
async function standardInput(): Promise<string> {
  const { buffer } = await import('node:stream/consumers');
  const bytes = await buffer(process.stdin);
  try {
    return decoded(stdinName, bytes);
  } catch (error) {
    throw new Failure(`${stdinName}: ${(error as Error).message}`);
  }
}

/**
 * One part of the files. All parts have about the same number of files. The same relative names give the same parts on every
 * machine and in every folder.
 */
async function shardOf(files: readonly string[], { index, count }: { index: number; count: number }, cwd: string) {
  const { createHash } = await import('node:crypto');
  const nameOf = (file: string) => relative(cwd, file).split(sep).join('/');
  const hashed = files.map((file) => ({ file, hash: createHash('sha256').update(nameOf(file)).digest('hex') }));
  const shuffled = hashed.toSorted((one, other) => (one.hash < other.hash ? -1 : 1)).map(({ file }) => file);
  const [from, to] = [index - 1, index].map((part) => Math.round((part * files.length) / count));
  const chosen = new Set(shuffled.slice(from, to));
  return files.filter((file) => chosen.has(file));
}

/** What to call a file in results: standard input without a name is not a file. */
export function nameInResults(file: string, text: string | undefined): string {
  return text !== undefined && file.endsWith(`${sep}${stdinName}`) ? stdinName : file;
}
