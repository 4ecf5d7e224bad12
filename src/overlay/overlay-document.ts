import type { TextFile } from '../files/text-file.js';
import { isObject, memberOf, type Path } from '../json.js';

/** A file that holds a valid overlay. */
export interface OverlayDocument {
  readonly file: TextFile;
  /** Its version of the specification. */
  readonly version: string;
  readonly actions: readonly unknown[];
}

/** A file is not a valid overlay. */
export class InvalidOverlay extends Error {
  override readonly name = 'InvalidOverlay';
  readonly file: TextFile;
  readonly path: Path;

  /** @param reason a sentence without a full stop */
  constructor(file: TextFile, path: Path, reason: string) {
    super(reason);
    this.file = file;
    this.path = path;
  }

  /** The reason, with its line and column. */
  get atItsPlace(): string {
    const [range] = this.file.rangesOf([this.path]);
    return `${(range?.start.line ?? 0) + 1}:${(range?.start.character ?? 0) + 1}: ${this.message}`;
  }
}

/** A fault in an overlay, and where it is. */
interface Fault {
  readonly path: Path;
  readonly reason: string;
}

/**
 * Reads an overlay, of version 1.0 or 1.1 of the specification.
 *
 * @throws InvalidOverlay if it is not what the specification's schema asks for
 */
export function overlayIn(file: TextFile): OverlayDocument {
  const [problem] = file.problems;
  if (problem !== undefined) throw new InvalidOverlay(file, problem.path, problem.message);
  const [fault] = faultsOfOverlay(file.data);
  if (fault !== undefined) throw new InvalidOverlay(file, fault.path, fault.reason);
  const { overlay, actions } = file.data as { readonly overlay: string; readonly actions: readonly unknown[] };
  return { file, version: overlay, actions };
}

/** Whether a version of the specification knows scalars as targets, and `copy`. */
export function selectsScalars(version: string): boolean {
  return !version.startsWith('1.0.');
}

/** The faults of some data, by the schemas of Overlay 1.0 and 1.1. */
export function* faultsOfOverlay(data: unknown): Generator<Fault> {
  if (!isObject(data)) return yield { path: [], reason: 'expected an overlay, which is an object' };
  const version = data['overlay'];
  if (typeof version !== 'string' || !/^1\.[01]\.\d+$/.test(version)) {
    yield { path: ['overlay'], reason: 'expected a version of the Overlay Specification: `overlay: 1.0.0` or `1.1.0`' };
    return;
  }
  const isLater = selectsScalars(version);
  yield* members(data, [], { overlay: isString, info: isObject, extends: isString, actions: Array.isArray }, [
    'info',
    'actions',
  ]);
  const { info, actions } = data;
  if (isObject(info)) {
    const known = { title: isString, version: isString, ...(isLater && { description: isString }) };
    yield* members(info, ['info'], known, ['title', 'version']);
  }
  if (!Array.isArray(actions)) return;
  if (actions.length === 0) yield { path: ['actions'], reason: 'expected at least one action' };
  const seen = new Set<string>();
  for (const [index, action] of actions.entries()) {
    const path = ['actions', String(index)];
    if (!isObject(action)) {
      yield { path, reason: 'expected an action, which is an object' };
      continue;
    }
    const known = { target: isString, description: isString, update: isAnything, remove: isBoolean };
    yield* members(action, path, { ...known, ...(isLater && { copy: isString }) }, ['target']);
    const target = memberOf(action, 'target');
    if (isString(target) && !target.startsWith('$'))
      yield { path: [...path, 'target'], reason: 'expected a JSONPath query, which begins with $' };
    const text = JSON.stringify(action);
    if (seen.has(text)) yield { path, reason: 'the same action stands here twice' };
    seen.add(text);
  }
}

/** The faults of the members of an object: a missing one, one of the wrong type, an unknown one. */
function* members(
  value: Readonly<Record<string, unknown>>,
  path: Path,
  known: Readonly<Record<string, (value: unknown) => boolean>>,
  required: readonly string[],
): Generator<Fault> {
  for (const name of required) {
    if (memberOf(value, name) === undefined) yield { path, reason: `expected a member \`${name}\`` };
  }
  for (const [name, member] of Object.entries(value)) {
    const isRight = memberOf(known, name) as ((value: unknown) => boolean) | undefined;
    if (name.startsWith('x-')) continue;
    if (isRight === undefined) yield { path: [...path, name], reason: `\`${name}\` has no meaning here` };
    else if (!isRight(member)) yield { path: [...path, name], reason: `\`${name}\` is of the wrong type` };
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isAnything(): boolean {
  return true;
}
