import { dirname, relative, sep } from 'node:path';
import { TextFile } from '../files/text-file.js';
import { Workspace } from '../files/workspace.js';
import { fixDescriptions, type Permissions } from '../fixing/fix-all.js';
import type { ChangedFile, FixOutcome, FixResult } from '../fixing/fix-result.js';
import type { Guideline } from '../guidelines/guideline.js';
import { isObject, isSame, type Json, memberOf, scalarText } from '../json.js';
import { namesOfSources } from '../sources.js';
import { composed, type TextEdit } from '../text-editor/text-edits.js';
import type { Selection } from '../user-ruleset/selection.js';
import { OverlaidData } from './apply-overlay.js';
import { applyAction } from './overlaid-file.js';
import { causesOf, type Cause } from './causes.js';
import { actionsBetween } from './actions-between.js';
import type { Action } from './overlay-actions.js';
import { mended, type MendedOverlay } from './mend-overlay.js';
import { type OverlayDocument, selectsScalars } from './overlay-document.js';
import { editsFor, newText, type WantedAction } from './overlay-text.js';
import { whyNotInOverlay } from './overlay-limits.js';

/** The member that marks an action as made by this tool. The tool may change and remove such an action. */
export const marker = 'x-conditional-requests';

/** The first version of the specification in which an action may select a scalar. */
const versionWithScalars = '1.1.0';

/** The changes to an overlay. */
export interface OverlayFix {
  readonly result: FixResult;
  /** The new text, and the edits that lead to it; absent if the overlay stays as it is. */
  readonly change?: {
    readonly before: string | undefined;
    readonly after: string;
    readonly edits: readonly TextEdit[];
  };
  /** The targets of our actions, by what happens to each. */
  readonly targets: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly stale: readonly string[];
  };
  /** The targets of actions written by hand that select nothing. */
  readonly idle: readonly string[];
}

/** The overlay would not give the same description as the fixes. */
export class UnfaithfulOverlay extends Error {
  override readonly name = 'UnfaithfulOverlay';
}

/** How many times actions written by hand are fixed. */
const mostRounds = 5;

/**
 * Writes the fixes of a description as an overlay, which leaves the description as it is.
 *
 * @param description which must not be used afterwards
 * @param file the absolute path of the overlay
 * @param existing the overlay that is there. Its actions by hand are applied first, and fixed where they are wrong; ours are made anew
 * @throws InvalidOverlay if an action by hand cannot be applied
 * @throws UnchangeableOverlay if the overlay cannot be written
 * @throws UnfaithfulOverlay
 */
export function fixWithOverlay(
  description: TextFile,
  file: string,
  existing: OverlayDocument | undefined,
  selection: Selection,
  permissions: Permissions,
  rounds = mostRounds,
): OverlayFix {
  const { data: original } = description;
  const overlaid = new OverlaidData(original);
  const hand = byHand(existing);
  const selected = new Map<number, number>();
  for (const index of hand) if (existing) selected.set(index, applyAction(overlaid, existing, index));
  const text = overlaid.data === original ? description.text : jsonOf(overlaid.data);
  const again = existing && hand.length > 0 && rounds > 0 ? new TextFile(description.uri, description.text) : undefined;
  const result = fixedText(text, description, file, existing, selection, permissions);
  const change = result.changed.find((changed) => changed.file === description.uri);
  const better = existing && again && change && mended(existing, overlaid, again.data, selected, change.patch);
  if (existing && again && better) {
    const next = fixWithOverlay(again, file, better.overlay, selection, permissions, rounds - 1);
    return afterMending(existing, result, better, next);
  }
  const made = change === undefined ? [] : actionsOf(change, selection.followedFor(description.uri));
  if (existing === undefined) return newOverlay(description, file, result, made);
  const idle = hand.filter((index) => selected.get(index) === 0);
  const isOlder = made.some(({ isOfScalar }) => isOfScalar) && !selectsScalars(existing.version);
  const wanted = inOrder(existing.actions, hand, new Set(idle), made);
  const edited = editsFor(existing.file, wanted, isOlder ? versionWithScalars : existing.version);
  const isSameText = edited.text === existing.file.text;
  return {
    result,
    ...(!isSameText && { change: { before: existing.file.text, after: edited.text, edits: edited.edits } }),
    targets: differences(existing.actions, made),
    idle: idle.map((index) => scalarText(memberOf(existing.actions[index], 'target'))),
  };
}

/**
 * Data as JSON.
 *
 * @throws UnfaithfulOverlay if it contains itself, or aliases make it too large
 */
function jsonOf(data: unknown): string {
  try {
    return JSON.stringify(data);
  } catch {
    throw new UnfaithfulOverlay();
  }
}

/** A new overlay, if there is none yet. */
function newOverlay(description: TextFile, file: string, result: FixResult, made: readonly MadeAction[]): OverlayFix {
  const targets = differences([], made);
  if (made.length === 0) return { result, targets, idle: [] };
  const after = newText(overlayOf(description, file, made), /\.json$/i.test(file));
  return {
    result,
    change: { before: undefined, after, edits: [{ start: 0, end: 0, text: after }] },
    targets,
    idle: [],
  };
}

/** The changes in all, if actions written by hand were fixed first. */
function afterMending(
  { file }: OverlayDocument,
  first: FixResult,
  { overlay, edits }: MendedOverlay,
  next: OverlayFix,
): OverlayFix {
  const labelOf = ({ rule, message }: FixOutcome) => `${rule.id} ${message}`;
  const known = new Set(next.result.outcomes.map(labelOf));
  const outcomes = first.outcomes.filter((outcome) => outcome.kind === 'fixed' && !known.has(labelOf(outcome)));
  const inOverlay = outcomes.map((outcome) => ({ ...outcome, file: file.uri }));
  return {
    ...next,
    result: { ...next.result, outcomes: [...inOverlay, ...next.result.outcomes] },
    change: {
      before: file.text,
      after: next.change?.after ?? overlay.file.text,
      edits: composed(file.text.length, edits, next.change?.edits ?? []),
    },
  };
}

/** The fixes of a description, for a text that may differ from its file. */
function fixedText(
  text: string,
  description: TextFile,
  overlay: string,
  existing: OverlayDocument | undefined,
  selection: Selection,
  permissions: Permissions,
): FixResult {
  const { uri } = description;
  const abilities = {
    // The version of an overlay with nothing by hand in it may change, so that it does not matter when it was begun.
    mayTargetScalars: byHand(existing).length === 0 || selectsScalars(existing?.version ?? versionWithScalars),
    // `$self` may say that references are relative to another place (Overlay Specification 1.2.0, Establishing the Base URI).
    isBeside: dirname(uri) === dirname(overlay) && memberOf(existing?.file.data, '$self') === undefined,
  };
  const workspace = new Workspace((file) => (file === uri ? text : undefined));
  if (text === description.text) workspace.take(description);
  const limited: Permissions = {
    ...permissions,
    forbids: (file) =>
      file === uri ? undefined : 'it is in another file, and an overlay changes one: bundle the description first',
    declines: (before, patch) => whyNotInOverlay(before, patch, abilities),
  };
  return fixDescriptions([uri], selection, limited, workspace);
}

/** Our action, as it stands in an overlay. */
interface MadeAction {
  readonly key: string;
  readonly value: Json;
  readonly isOfScalar: boolean;
}

/** The numbers of the actions that are written by hand. */
function byHand(existing: OverlayDocument | undefined): number[] {
  return [...(existing?.actions ?? []).keys()].filter((index) => !isOurs(existing?.actions[index]));
}

function isOurs(action: unknown): boolean {
  return memberOf(action, marker) !== undefined;
}

/**
 * The actions that make the changes of a file.
 *
 * @throws UnfaithfulOverlay if they would not
 */
function actionsOf({ data, causes, patch }: ChangedFile, follows: readonly Guideline[]): MadeAction[] {
  const actions = actionsBetween(data.before, data.after);
  if (actions === undefined) throw new UnfaithfulOverlay();
  const rulesOf = causesOf(causes, patch);
  return actions.map((action) => madeOf(action, rulesOf, follows));
}

function madeOf(
  { target, update, remove, changed, isOfScalar }: Action,
  rulesOf: Cause,
  follows: readonly Guideline[],
): MadeAction {
  const rules = rulesOf(changed);
  const description = rules.map((rule) => `${rule.id} (${namesOfSources(rule, follows).join(', ')})`).join(', ');
  const value = {
    target,
    description,
    [marker]: true,
    ...(remove === true ? { remove } : { update: update as Json }),
  };
  return { key: keyOf(value), value, isOfScalar };
}

/** A key that is different for each of our actions. */
function keyOf(action: unknown): string {
  return `${memberOf(action, 'remove') === true ? 'remove' : 'update'} ${scalarText(memberOf(action, 'target'))}`;
}

/** The action of an overlay that has nothing to change: every overlay has at least one. */
const nothingToDo: Json = {
  target: '$',
  description: 'Nothing is to be fixed.',
  [marker]: true,
  update: {},
};

/**
 * All actions of an overlay, in order. Ours follow those written by hand. But one written by hand that came after ours, and changes
 * nothing until ours are applied, stays after them.
 */
function inOrder(
  actions: readonly unknown[],
  hand: readonly number[],
  idle: ReadonlySet<number>,
  made: readonly MadeAction[],
): WantedAction[] {
  const first = actions.findIndex(isOurs);
  const lastActive = hand.findLast((index) => first < 0 || index < first || !idle.has(index)) ?? -1;
  const [before, behind] = [hand.filter((index) => index <= lastActive), hand.filter((index) => index > lastActive)];
  const old = new Map(
    [...actions.entries()].filter(([, action]) => isOurs(action)).map(([index, action]) => [keyOf(action), index]),
  );
  const kept = (index: number): WantedAction => ({ value: actions[index] as Json, old: index });
  let previous = before.at(-1) ?? -1;
  const next = behind[0] ?? actions.length;
  const isEmpty = made.length === 0 && hand.length === 0;
  const values = isEmpty ? [{ key: keyOf(nothingToDo), value: nothingToDo }] : made;
  const ours = values.map(({ key, value }): WantedAction => {
    const index = old.get(key);
    if (index === undefined || index <= previous || index >= next) return { value };
    previous = index;
    return { value, old: index };
  });
  return [...before.map(kept), ...ours, ...behind.map(kept)];
}

/** The targets of our actions that are added, changed and removed. */
function differences(actions: readonly unknown[], made: readonly MadeAction[]): OverlayFix['targets'] {
  const old = new Map(actions.filter(isOurs).map((action) => [keyOf(action), action]));
  const now = new Map(made.map(({ key, value }) => [key, value]));
  const target = (key: string) => key.slice(key.indexOf(' ') + 1);
  const isStale = (key: string) => !now.has(key) && !isSame(old.get(key), nothingToDo);
  return {
    added: [...now.keys()].filter((key) => !old.has(key)).map(target),
    changed: [...now]
      .filter(([key, value]) => old.has(key) && !isSame(old.get(key), value))
      .map(([key]) => target(key)),
    stale: [...old.keys()].filter(isStale).map(target),
  };
}

/** A new overlay. */
function overlayOf({ uri, data }: TextFile, file: string, made: readonly MadeAction[]): Json {
  const title = scalarText(memberOf(isObject(data) ? data['info'] : undefined, 'title'));
  const name = relative(dirname(file), uri).split(sep).map(encodeURIComponent).join('/');
  return {
    overlay: made.some(({ isOfScalar }) => isOfScalar) ? versionWithScalars : '1.0.0',
    info: { title: `Conditional requests${title === '' ? '' : ` of ${title}`}`, version: '1.0.0' },
    extends: name.startsWith('../') ? name : `./${name}`,
    actions: made.map(({ value }) => value),
  };
}
