import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { shortName } from '../../files/discovery.js';
import { readTextFile, reasonOf } from '../../files/reading.js';
import { type TextFile, UnreadableFile } from '../../files/text-file.js';
import type { Permissions } from '../../fixing/fix-all.js';
import type { FixResult } from '../../fixing/fix-result.js';
import { fixWithOverlay, type OverlayFix, UnfaithfulOverlay } from '../../overlay/fix-overlay.js';
import { InvalidOverlay, type OverlayDocument, overlayIn } from '../../overlay/overlay-document.js';
import { UnchangeableOverlay } from '../../overlay/overlay-text.js';
import type { TextEdit } from '../../text-editor/text-edits.js';
import type { Selection } from '../../user-ruleset/selection.js';
import { visible } from '../../visible-text.js';
import { Failure } from './failure.js';
import { readDescriptions } from './read-descriptions.js';
import { whyNotWritable } from './writability.js';

/** A text to write. */
export interface NewText {
  readonly file: string;
  /** The old text; `undefined` if there is no file yet. */
  readonly before: string | undefined;
  readonly after: string;
  readonly edits: readonly TextEdit[];
}

/** The fixes of a description as an overlay. */
export interface OverlayPlan extends Omit<FixResult, 'changed'> {
  readonly changed: readonly NewText[];
  readonly complaints: readonly string[];
  /** One line for each action that is not as it should be. */
  readonly notes: readonly string[];
  /** A line that counts the actions, for the summary. */
  readonly counted: string;
}

/** What the words of the messages depend on. */
interface Wording {
  readonly cwd: string;
  /** Whether the overlay will be written. */
  readonly isDone: boolean;
}

/**
 * Plans the overlay that makes the fixes of a description.
 *
 * @param name of the overlay, relative to `cwd`
 * @param files the files that the user named, which have to be one description
 * @throws Failure if it cannot be made
 */
export function planOverlay(
  name: string,
  files: readonly string[],
  selection: Selection,
  permissions: Permissions,
  { cwd, isDone }: Wording,
): OverlayPlan {
  const [description, another] = files;
  if (description === undefined || another !== undefined)
    throw new Failure('--overlay takes the fixes of one description: name that one.');
  const file = resolve(cwd, name);
  if (file === description) throw new Failure(`${shortName(file, cwd)}: is the description itself, not an overlay`);
  const { entries, workspace, complaints } = readDescriptions(files, () => true, selection, cwd);
  const existing = existsSync(file) ? existingAt(file, cwd) : undefined;
  if (entries.length === 0) {
    const rules = new Set<never>();
    const nothing = { descriptions: 0, rules, outcomes: [], changed: [], invalidReferences: [] };
    return { ...nothing, complaints, notes: [], counted: '' };
  }
  const reason = isDone && existing !== undefined ? whyNotWritable(file, cwd) : undefined;
  if (reason !== undefined) throw new Failure(`${shortName(file, cwd)}: ${reason}`);
  const { result, change, targets, idle } = made(
    workspace.read(description),
    file,
    existing,
    selection,
    permissions,
    cwd,
  );
  return {
    ...result,
    changed: change === undefined ? [] : [{ file, ...change }],
    complaints,
    notes: notesOn(targets, idle, shortName(file, cwd), isDone),
    counted: `${shortName(file, cwd)}: ${countsOf(targets, isDone)}.\n`,
  };
}

function made(
  description: TextFile,
  file: string,
  existing: OverlayDocument | undefined,
  selection: Selection,
  permissions: Permissions,
  cwd: string,
): OverlayFix {
  const overlay = shortName(file, cwd);
  const remedy = 'No file was changed.';
  try {
    return fixWithOverlay(description, file, existing, selection, permissions);
  } catch (error) {
    if (error instanceof InvalidOverlay) throw new Failure(`${overlay}:${error.atItsPlace}. ${remedy}`);
    if (error instanceof UnchangeableOverlay) throw new Failure(`${overlay}: ${error.message}. ${remedy}`);
    if (error instanceof UnreadableFile)
      throw new Failure(`${shortName(error.file, cwd)}: ${error.message}. ${remedy}`);
    if (error instanceof UnfaithfulOverlay)
      throw new Failure(`${overlay}: no overlay can be found that gives what the fixes give. ${remedy}`);
    throw error;
  }
}

function existingAt(file: string, cwd: string): OverlayDocument {
  try {
    return overlayIn(readTextFile(file));
  } catch (error) {
    const name = shortName(file, cwd);
    if (error instanceof InvalidOverlay) throw new Failure(`${name}:${error.atItsPlace}. No file was changed.`);
    if (error instanceof UnreadableFile) throw new Failure(`${name}: ${error.message}`);
    throw error;
  }
}

/** The actions that are not as they should be; where the overlay is written, only those by hand, which stay. */
function notesOn(
  { added, changed, stale }: OverlayFix['targets'],
  idle: readonly string[],
  name: string,
  isDone: boolean,
): string[] {
  const ours: [string, readonly string[]][] = [
    ['missing', added],
    ['out of date', changed],
    ['stale, nothing needs it any more', stale],
  ];
  const byHand: [string, readonly string[]][] = [['selects nothing, was written by hand and stays', idle]];
  return [...(isDone ? [] : ours), ...byHand].flatMap(([what, targets]) =>
    targets.map((target) => `${name}: ${visible(target)}: ${what}`),
  );
}

function countsOf({ added, changed, stale }: OverlayFix['targets'], isDone: boolean): string {
  const counts = [
    [added.length, isDone ? 'added' : 'to add'],
    [changed.length, isDone ? 'changed' : 'to change'],
    [stale.length, isDone ? 'removed' : 'to remove'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const all = added.length + changed.length + stale.length;
  return parts.length === 0 ? 'up to date' : `${all === 1 ? 'action' : 'actions'}: ${parts.join(', ')}`;
}

/**
 * Writes a file that is not there yet.
 *
 * @throws Failure if it cannot be written, or another program has written it in the meantime
 */
export function createFile({ file, after }: NewText, cwd: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'wx');
    writeFileSync(descriptor, after);
  } catch (error) {
    // Half a file must not stay, for example where the disk is full.
    if (descriptor !== undefined) rmSync(file, { force: true });
    throw new Failure(`${shortName(file, cwd)}: cannot be written: ${reasonOf(error)}`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
