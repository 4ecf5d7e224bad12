import type { TextFile } from '../files/text-file.js';
import { isObject, isSame, memberOf, type Path, scalarText, valueAt } from '../json.js';

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
 * Reads an overlay, of version 1.0, 1.1 or 1.2 of the specification.
 *
 * @throws InvalidOverlay if it is not what the specification's schema asks for, or if it has no action that one refers to
 */
export function overlayIn(file: TextFile): OverlayDocument {
  const [problem] = file.problems;
  if (problem !== undefined) throw new InvalidOverlay(file, problem.path, problem.message);
  const [fault = faultyReferenceIn(file.data)] = faultsOfOverlay(file.data);
  if (fault !== undefined) throw new InvalidOverlay(file, fault.path, fault.reason);
  const { overlay, actions } = file.data as { readonly overlay: string; readonly actions: readonly unknown[] };
  return { file, version: overlay, actions };
}

/** Whether a version of the specification knows scalars as targets, and `copy`. */
export function selectsScalars(version: string): boolean {
  return !version.startsWith('1.0.');
}

/** Whether a version of the specification knows `$self` and reusable actions. */
function hasComponents(version: string): boolean {
  return selectsScalars(version) && !version.startsWith('1.1.');
}

/** The fields of an action, and where they stand in the overlay: in the action, or in the reusable action that it refers to. */
export interface ActionFields {
  readonly value: unknown;
  readonly path: Path;
}

/** The fields of the action with a number. */
export function actionFieldsOf({ file, actions }: OverlayDocument, index: number): ActionFields {
  const name = reusableNameIn(actions[index]);
  const path = name === undefined ? ['actions', String(index)] : ['components', 'actions', name, 'fields'];
  return { value: valueAt(file.data, path), path };
}

/** The name of the reusable action that an action refers to (Overlay Specification 1.2.0, Reusable Action Reference Object). */
function reusableNameIn(action: unknown): string | undefined {
  const [, name] = referencePattern.exec(scalarText(memberOf(action, '$ref'))) ?? [];
  return name?.replaceAll('~1', '/').replaceAll('~0', '~');
}

const referencePattern = /^#\/components\/actions\/((?:[^~/]|~0|~1)+)$/;

/** The first action that refers to a reusable action that is not there. */
function faultyReferenceIn(overlay: unknown): Fault | undefined {
  const { actions } = overlay as { readonly actions: readonly unknown[] };
  for (const [index, action] of actions.entries()) {
    const name = reusableNameIn(action);
    if (name !== undefined && valueAt(overlay, ['components', 'actions', name]) === undefined)
      return { path: ['actions', String(index), '$ref'], reason: `there is no action \`${name}\` in \`components\`` };
  }
  return undefined;
}

/** The faults of some data, by the schemas of Overlay 1.0, 1.1 and 1.2. */
export function* faultsOfOverlay(data: unknown): Generator<Fault> {
  if (!isObject(data)) return yield { path: [], reason: 'expected an overlay, which is an object' };
  const version = data['overlay'];
  if (typeof version !== 'string' || !/^1\.[0-2]\.\d+$/.test(version)) {
    const reason = 'expected a version of the Overlay Specification: `overlay: 1.0.0`, `1.1.0` or `1.2.0`';
    return yield { path: ['overlay'], reason };
  }
  const isLater = selectsScalars(version);
  const known = { overlay: isString, info: isObject, extends: isString, actions: Array.isArray };
  const reusable = hasComponents(version) && { $self: isString, components: isObject };
  yield* members(data, [], { ...known, ...reusable }, ['info', 'actions']);
  const { info, actions, components } = data;
  if (isObject(info)) {
    const ofInfo = { title: isString, version: isString, ...(isLater && { description: isString }) };
    yield* members(info, ['info'], ofInfo, ['title', 'version']);
  }
  const fields = { description: isString, update: isAnything, remove: isBoolean, ...(isLater && { copy: isString }) };
  if (reusable !== false) {
    for (const name of ['$self', 'extends']) {
      if (scalarText(data[name]).includes('#'))
        yield { path: [name], reason: `\`${name}\` names a whole document: expected no #` };
    }
    if (isObject(components)) yield* faultsOfComponents(components, fields);
  }
  if (!Array.isArray(actions)) return;
  if (actions.length === 0) yield { path: ['actions'], reason: 'expected at least one action' };
  const seen = new Map<unknown, unknown[]>();
  for (const [index, action] of actions.entries()) {
    const path = ['actions', String(index)];
    if (!isObject(action)) {
      yield { path, reason: 'expected an action, which is an object' };
      continue;
    }
    const isReference = reusable !== false && action['$ref'] !== undefined;
    const ofAction = isReference ? { $ref: isReferenceToAction, description: isString } : fields;
    yield* members(action, path, { target: isString, ...ofAction }, ['target']);
    const target = memberOf(action, 'target');
    if (isString(target) && !target.startsWith('$'))
      yield { path: [...path, 'target'], reason: 'expected a JSONPath query, which begins with $' };
    const alike = seen.get(target) ?? [];
    if (alike.some((other) => isSame(action, other))) yield { path, reason: 'the same action stands here twice' };
    seen.set(target, [...alike, action]);
  }
}

/** The faults of the reusable actions of an overlay. */
function* faultsOfComponents(components: Members, fields: Known): Generator<Fault> {
  const path = ['components'];
  yield* members(components, path, { actions: isObject }, []);
  const actions = components['actions'];
  for (const [name, action] of Object.entries(isObject(actions) ? actions : {})) {
    const here = [...path, 'actions', name];
    if (!isObject(action)) {
      yield { path: here, reason: 'expected a reusable action, which is an object' };
      continue;
    }
    yield* members(action, here, { description: isString, fields: isObject }, []);
    if (isObject(action['fields'])) yield* members(action['fields'], [...here, 'fields'], fields, []);
  }
}

type Members = Readonly<Record<string, unknown>>;

/** The members that an object may have, and how to tell that one is right. */
type Known = Readonly<Record<string, (value: unknown) => boolean>>;

/** The faults of the members of an object: a missing one, one of the wrong type, an unknown one. */
function* members(value: Members, path: Path, known: Known, required: readonly string[]): Generator<Fault> {
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

function isReferenceToAction(value: unknown): boolean {
  return isString(value) && referencePattern.test(value);
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isAnything(): boolean {
  return true;
}
