import { isObject, type Json, scalarText } from '../json.js';
import { isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import { Response } from '../model/response.js';
import type { Source } from '../model/source.js';
import type { SpecificationVersion } from '../model/specification-version.js';

/** The definition of a response header whose values are strings. */
export function stringHeader({ format }: SpecificationVersion): Json {
  return format === 'swagger' ? { type: 'string' } : { schema: { type: 'string' } };
}

/** The definition of an optional request header whose values are strings. */
export function stringParameter(name: string, version: SpecificationVersion): Json {
  return { name, in: 'header', ...(stringHeader(version) as object) };
}

/** How many members and items a definition that is copied has at most, in all: real ones have up to thirty. */
const mostCopied = 500;

/**
 * The definition of a header, for another place. What is relative to another document is not carried over, nor is a `$ref` that
 * does not lead to what belongs there, nor what aliases make larger than anybody writes.
 */
export function copyOfHeader({ entry }: Field, to: Place, version: SpecificationVersion): Json {
  const canCopy =
    entry.source === to.source && isHeaderForAll(entry, version) && hasAtMost(mostCopied, entry.value) && entry.isSound;
  return canCopy ? (entry.value as Json) : stringHeader(version);
}

/** Whether it is a header without reserve: OpenAPI 2.0 knows no `$ref` to one, and a parameter has more than a header may have. */
function isHeaderForAll({ value, isReference, target }: Place, { format }: SpecificationVersion): boolean {
  if (!isReference) return isObject(value);
  return format === 'openapi' && isObject(target.value) && !target.has('in') && !target.has('name');
}

/** Whether a value has no more members and items than some, in all that is in it, each counted as often as aliases show it. */
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

/** The names under which responses to conditional requests are kept for everybody's use. */
const usualNames: Readonly<Record<string, RegExp>> = {
  304: /304|not[-_ ]?modified/i,
  412: /412|precondition[-_ ]?failed/i,
  428: /428|precondition[-_ ]?required/i,
};

/**
 * A `$ref` to a response that the description has already: one that other operations refer to under a code, or a component
 * that is named after it.
 *
 * @param fits whether it says what it should
 * @returns `undefined` where there is none that the document of the operation could refer to
 */
export function sharedResponse(
  operation: Operation,
  code: string,
  fits: (response: Response) => boolean = () => true,
): Json | undefined {
  const wanted: ComponentQuery = {
    usedBy: (other) => other.response(code)?.entry,
    serves: ({ target }) => isObject(target.value),
    isNamed: (name) => usualNames[code]?.test(name) === true,
  };
  return referenceFor(operation, 'responses', code, wanted, (candidate) =>
    fits((candidate.response ??= new Response(code, candidate.entry, operation.version))),
  );
}

/**
 * A `$ref` to a definition of an optional request header that the description has already.
 *
 * @returns `undefined` where there is none that the document of the operation could refer to
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

/** What is looked for among the components of a description. */
interface ComponentQuery {
  /** Where another operation has such a thing. */
  usedBy(other: Operation): Place | undefined;
  /** Whether what stands at a place, or behind the `$ref` there, is such a thing. */
  serves(entry: Place): boolean;
  /** Whether a component that nobody uses yet would do, by its name. */
  isNamed(name: string): boolean;
}

interface ComponentCandidate {
  readonly reference: string;
  readonly entry: Place;
  /** What it is as a response, once somebody has asked. */
  response?: Response;
}

/** What may serve a purpose in a description, by the document that can refer to it so. */
type Candidates = ReadonlyMap<Source, readonly ComponentCandidate[]>;

/** The candidates for each purpose, by the list of the operations of a description. */
const candidates = new WeakMap<readonly Operation[], Map<string, Candidates>>();

/** How many candidates are looked at for one operation: so many different ones serve no purpose of their own. */
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

/** What operations refer to, each once for every document that does; then the components that have the right names. */
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
