import { isObject, type Json, scalarText } from '../json.js';
import { isOneOfFields, isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import { isCertainly } from '../model/kind-mismatch.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import { Response } from '../model/response.js';
import type { Source } from '../model/source.js';
import type { SpecificationVersion } from '../model/specification-version.js';
import { holds, type Obligation } from '../obligation.js';
import { applyPatch, canApply, type PatchOperation } from '../patch.js';
import { etagObligations } from './entity-tag/values.js';
import { dateHeaders, httpDateObligations } from './http-date.js';
import { isValidHeader } from './well-formed.js';

/** The definition of a response header whose values are strings, perhaps of a format. */
export function stringHeader(version: SpecificationVersion, format?: string): Json {
  const schema = { type: 'string', ...(format !== undefined && { format }) };
  return version.format === 'swagger' ? schema : { schema };
}

/** How many members and items a definition may have to be copied. Real ones have up to thirty. */
const mostCopied = 500;

/**
 * A copy of the definition of a header, for another place, without examples that are wrong. Returns a plain string header instead if a
 * copy would be wrong: if the definition is no header as OpenAPI defines it, if it has a `$ref` and is in another document, which the `$ref` is relative to, if it contains an
 * invalid `$ref`, if aliases make it huge, or if its schema is wrong for the field.
 */
export function copyOfHeader(field: Field, to: Place, version: SpecificationVersion): Json {
  const { entry } = field;
  const canCopy = isHeaderAnywhere(entry, version) && canBeCopied(entry, to);
  return (canCopy ? copyWithoutFaults(field) : undefined) ?? stringHeader(version);
}

/** Whether the value at a place means the same at another place. */
export function canBeCopied(from: Place, to: Place): boolean {
  return (
    isObject(from.value) &&
    hasAtMost(mostCopied, from.value) &&
    (from.source === to.source || !hasReference(from.value)) &&
    from.isSound
  );
}

/** Whether a `$ref` is in a value. */
function hasReference(value: unknown): boolean {
  const queue: unknown[] = [value];
  for (const one of queue) {
    if (typeof one !== 'object' || one === null) continue;
    if (Object.hasOwn(one, '$ref')) return true;
    queue.push(...(Object.values(one) as unknown[]));
  }
  return false;
}

/** The keywords whose values are examples, or a choice of valid values. */
const valueKeywords = ['example', 'examples', 'x-example', 'default', 'enum', 'const'];

/**
 * A copy of the definition of a header without the values that are wrong for the field.
 *
 * @returns `undefined` if something else is wrong
 */
function copyWithoutFaults(field: Field): Json | undefined {
  const { entry } = field;
  const faults = obligationsOn(field).filter((obligation) => !holds(obligation));
  // What is wrong in a shared definition is found there, however many refer to it.
  const repeated = faults.filter(({ place, pointsAt }) => (pointsAt ?? place).isWithin(entry));
  let copy = entry.value;
  for (const { place } of repeated) {
    const inside = place.isWithin(entry) ? place.path.slice(entry.path.length) : [];
    const path = inside.slice(0, inside.findIndex((key) => valueKeywords.includes(key)) + 1);
    if (path.length === 0) return undefined;
    const removal: PatchOperation = { op: 'remove', path };
    if (canApply(copy, removal)) copy = applyPatch(structuredClone(copy), [removal]);
  }
  return copy as Json;
}

function obligationsOn(field: Field): Obligation[] {
  if (isSameField(field.name, 'ETag')) return etagObligations(field);
  return isOneOfFields(dateHeaders, field.name) ? httpDateObligations(field) : [];
}

/** Whether a definition may stand anywhere in `headers`. OpenAPI 2.0 has no `$ref` to a header. */
export function isHeaderAnywhere(place: Place, version: SpecificationVersion): boolean {
  return place.isReference ? isSharedHeader(place, version) : isValidHeader(place, version);
}

/** Whether a `$ref` leads to a header. A parameter has fields that a header must not have. */
function isSharedHeader({ target }: Place, { format }: SpecificationVersion): boolean {
  if (format === 'swagger' || target.has('in') || target.has('name')) return false;
  return isObject(target.value) && isCertainly(target, 'Header Object', false);
}

/** Whether a value has at most a given number of members and items, at all depths. Values that aliases repeat count each time. */
function hasAtMost(most: number, value: unknown): boolean {
  const queue: unknown[] = [value];
  for (const one of queue) {
    if (typeof one !== 'object' || one === null) continue;
    const members: unknown[] = Object.values(one);
    if (queue.length + members.length > most) return false;
    queue.push(...members);
  }
  return true;
}

/** The usual names of shared responses to conditional requests. */
const usualNames: Readonly<Record<string, RegExp>> = {
  304: /304|not[-_ ]?modified/i,
  412: /412|precondition[-_ ]?failed/i,
  428: /428|precondition[-_ ]?required/i,
};

/**
 * A `$ref` to a shared response of the description: one that other operations refer to under the code, or else a component that is
 * named after the code.
 *
 * @param fits whether a response is right for the operation
 * @returns `undefined` if there is none that the document of the operation can refer to
 */
export function sharedResponse(
  operation: Operation,
  code: string,
  fits: (response: Response) => boolean = () => true,
): Json | undefined {
  const wanted: ComponentQuery = {
    usedBy: (other) => other.response(code)?.entry,
    serves: ({ target }) =>
      isObject(target.value) && isCertainly(target, 'Response Object', operation.version.format === 'swagger'),
    isNamed: (name) => usualNames[code]?.test(name) === true,
  };
  return referenceFor(operation, 'responses', code, wanted, (candidate) =>
    fits((candidate.response ??= new Response(code, candidate.entry, operation.version))),
  );
}

/**
 * A `$ref` to a shared definition of an optional request header.
 *
 * @returns `undefined` if there is none that the document of the operation can refer to
 */
export function sharedParameter(operation: Operation, name: string): Json | undefined {
  return referenceFor(operation, 'parameters', name, {
    usedBy: (other) => other.takes(name)?.entry,
    serves: ({ target: { value } }) =>
      isObject(value) &&
      value['in'] === 'header' &&
      isSameField(scalarText(value['name']), name) &&
      value['required'] !== true,
    isNamed: () => true,
  });
}

/**
 * A `$ref` to a shared definition of a response header.
 *
 * @param to where the header is added
 * @returns `undefined` if there is none that the document there can refer to; OpenAPI 2.0 has no shared headers
 */
export function sharedHeader(operation: Operation, name: string, to: Place): Json | undefined {
  if (operation.version.format === 'swagger' || to.source !== operation.place.source) return undefined;
  const lettersOf = (text: string) => text.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  return referenceFor(operation, 'headers', `header ${name}`, {
    usedBy: (other) => other.responses.flatMap((response) => response.header(name)?.entry ?? []).find(isReferring),
    serves: (entry) => isSharedHeader(entry, operation.version),
    isNamed: (component) => [lettersOf(name), `${lettersOf(name)}header`].includes(lettersOf(component)),
  });
}

function isReferring({ isReference }: Place): boolean {
  return isReference;
}

/** Which shared definition to look for. */
interface ComponentQuery {
  /** Where another operation uses one. */
  usedBy(other: Operation): Place | undefined;
  /** Whether the definition at a place, or behind the `$ref` there, is one. */
  serves(entry: Place): boolean;
  /** Whether the name of a component suggests that it is one, even if no operation uses it yet. */
  isNamed(name: string): boolean;
}

/** A shared definition that may be the one to refer to. */
interface ComponentCandidate {
  readonly reference: string;
  readonly entry: Place;
  /** The definition read as a response; set when it is first needed. */
  response?: Response;
}

/** The candidates for a purpose, by the document whose `$ref`s can refer to them. */
type Candidates = ReadonlyMap<Source, readonly ComponentCandidate[]>;

/** The candidates for each purpose, by the operations of a description. */
const candidates = new WeakMap<readonly Operation[], Map<string, Candidates>>();

/** How many candidates are considered for one operation. Real descriptions have a few. */
const mostCandidates = 100;

function referenceFor(
  operation: Operation,
  kind: string,
  purpose: string,
  wanted: ComponentQuery,
  fits: (candidate: ComponentCandidate) => boolean = () => true,
): Json | undefined {
  const known = candidates.get(operation.inDescription) ?? new Map<string, Candidates>();
  candidates.set(operation.inDescription, known);
  const all = known.get(purpose) ?? candidatesFor(operation, kind, wanted);
  known.set(purpose, all);
  const found = all.get(operation.place.source)?.find(fits);
  return found && { $ref: found.reference };
}

/** First the definitions that operations refer to, each once for every document; then the components with suitable names. */
function candidatesFor({ inDescription, place, version }: Operation, kind: string, wanted: ComponentQuery): Candidates {
  const used = inDescription.flatMap((other) => wanted.usedBy(other) ?? []).filter((entry) => entry.isReference);
  const holder = version.format === 'swagger' ? [kind] : ['components', kind];
  const root = rootOf(place);
  const components = holder.reduce((above, key) => above.child(key), root);
  const usable = components.source === root.source ? components.entries() : [];
  const all = [
    ...used.map((entry) => ({ reference: referenceIn(entry), source: entry.source, entry })),
    ...usable
      .filter(([name]) => wanted.isNamed(name) && /^[\w.-]+$/.test(name))
      .map(([name, entry]) => ({ reference: `#/${[...holder, name].join('/')}`, source: root.source, entry })),
  ];
  const bySource = new Map<Source, Map<string, ComponentCandidate>>();
  for (const { reference, source, entry } of all) {
    const here = bySource.get(source) ?? new Map<string, ComponentCandidate>();
    bySource.set(source, here);
    if (here.size < mostCandidates && !here.has(reference) && wanted.serves(entry))
      here.set(reference, { reference, entry });
  }
  return new Map([...bySource].map(([source, here]) => [source, [...here.values()]]));
}

function referenceIn(entry: Place): string {
  return scalarText((entry.value as { readonly $ref?: unknown }).$ref);
}

/** The root of the description that a place was found in. */
function rootOf(place: Place): Place {
  let root = place;
  while (root.parent !== undefined) root = root.parent;
  return root;
}
