import { shortName, textOrNothing } from '../../files/discovery.js';
import { claimsToBeDescription, recognised, whyNoDescription } from '../../files/recognition.js';
import { type TextFile, UnreadableFile } from '../../files/text-file.js';
import { Workspace } from '../../files/workspace.js';
import type { Problem } from '../../problem.js';
import type { Selection } from '../../user-ruleset/selection.js';
import { visible } from '../../visible-text.js';
import { Failure } from './failure.js';

/** The descriptions among some files. */
export interface Descriptions {
  /** Their absolute paths. */
  readonly entries: readonly string[];
  /** The workspace that has read them. */
  readonly workspace: Workspace;
  /** The errors in files, one line each without a line break. */
  readonly complaints: readonly string[];
}

/**
 * Reads files and finds the descriptions among them, which may then be changed.
 *
 * @param files absolute paths
 * @param isNamed whether the user has named the file: if it is not a description, that is an error; other files are skipped
 * @param cwd the folder that names in messages are relative to
 * @throws Failure if a description is broken or cannot be read, because it may share other files
 */
export function readDescriptions(
  files: readonly string[],
  isNamed: (file: string) => boolean,
  selection: Selection,
  cwd: string,
): Descriptions {
  const workspace = new Workspace();
  const entries: string[] = [];
  const complaints: string[] = [];
  for (const name of files) {
    const file = readIn(workspace, name, isNamed(name), cwd);
    const standing = file === undefined ? 'other' : recognised(file);
    if (file === undefined || (standing === 'other' && !isNamed(name))) continue;
    const problem = standing === 'description' ? file.problems[0] : whyNoDescription(file)[0];
    if (problem !== undefined && file.isBroken) throw new Failure(`${inLine(problem, cwd)}. No file was changed.`);
    if (standing === 'description') entries.push(name);
    if (problem === undefined) continue;
    if (problem.isDuplicate !== true) complaints.push(inLine(problem, cwd));
    else if (selection.severityOfDuplicates(name) !== undefined)
      complaints.push(`${inLine(problem, cwd)}. The file was not changed.`);
  }
  return { entries, workspace, complaints };
}

function readIn(workspace: Workspace, name: string, isNamed: boolean, cwd: string): TextFile | undefined {
  try {
    return workspace.read(name);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (!isNamed && !claimsToBeDescription(textOrNothing(name))) return undefined;
    throw new Failure(`${shortName(name, cwd)}: ${error.message}. No file was changed.`);
  }
}

function inLine({ file, message, range: { start } }: Problem, cwd: string): string {
  return `${shortName(file, cwd)}:${start.line + 1}:${start.character + 1}: ${visible(message)}`;
}
