import { isObject, type Json, memberOf, scalarText } from '../json.js';
import type { Field } from '../model/field.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import type { Response } from '../model/response.js';

/** A definition of the same thing elsewhere in the description: another If-None-Match, another 304. */
export interface Counterpart {
  /** Where it stands, behind any `$ref`. */
  readonly place: Place;
  readonly value: Members;
  /** The field, unless it is a response. */
  readonly field?: Field;
  /** Some of the operations that have it. */
  readonly users: readonly Operation[];
}

export type Members = Readonly<Record<string, unknown>>;

/** How many different definitions of one thing are looked at, and how many users of each. Real descriptions have a few. */
const mostDifferent = 20;

/** How many characters a definition may have as JSON to be compared with others. */
const mostCharacters = 5000;

/** The definitions in a description by what they define. */
interface Definitions {
  /** By role and lower-case name, and by status code; the most frequent one first. */
  readonly counterparts: ReadonlyMap<string, readonly Counterpart[]>;
  /** What all responses, header parameters, parameters and headers have in common. */
  readonly common: Readonly<Record<'response' | 'header parameter' | 'parameter' | 'header', CommonMembers>>;
}

const known = new WeakMap<readonly Operation[], Definitions>();

/**
 * The other definitions of something in a description, the most frequent first.
 *
 * @param key {@link keyOfField} or a status code. Those of a 304 count only for operations that retrieve
 */
export function counterpartsOf({ inDescription }: Operation, key: string): readonly Counterpart[] {
  return definitionsIn(inDescription).counterparts.get(key) ?? [];
}

/** What all definitions of a kind in a description have in common. */
export function commonIn({ inDescription }: Operation, kind: keyof Definitions['common']): CommonMembers {
  return definitionsIn(inDescription).common[kind];
}

/** The key under which the definitions of a field are found. Case does not matter (RFC 9110 §5.1). */
export function keyOfField({ role, name }: Pick<Field, 'role' | 'name'>): string {
  return `${role} ${name.toLowerCase()}`;
}

function definitionsIn(operations: readonly Operation[]): Definitions {
  const found = known.get(operations) ?? readDefinitions(operations);
  known.set(operations, found);
  return found;
}

function readDefinitions(operations: readonly Operation[]): Definitions {
  const common = {
    response: new CommonMembers(),
    parameter: new CommonMembers(),
    'header parameter': new CommonMembers(),
    header: new CommonMembers(),
  };
  const groups = new Map<string, Map<string, Counterpart & { readonly users: Operation[]; count: number }>>();
  for (const operation of operations) {
    for (const { target } of operation.parameters) common.parameter.note(target, nameOf(target));
    for (const field of operation.headerParameters) {
      common['header parameter'].note(field.place, field.name);
      note(keyOfField(field), field.place, operation, field);
    }
    for (const response of operation.responses) {
      common.response.note(response.place, nameOfResponse(response));
      if (isAnswer(operation, response)) note(response.code, response.place, operation);
      for (const field of response.headers) {
        // A header may be a `$ref` to a parameter, whose other members would be wrong in a header.
        if (field.place.has('in') || field.place.has('name')) continue;
        common.header.note(field.place, field.name);
        note(keyOfField(field), field.place, operation, field);
      }
    }
  }
  const sorted = [...groups].map(([key, group]): [string, readonly Counterpart[]] => {
    return [key, [...group.values()].toSorted((one, other) => other.count - one.count)];
  });
  return { counterparts: new Map(sorted), common };

  function note(key: string, place: Place, operation: Operation, field?: Field): void {
    const { value } = place;
    const content = isObject(value) && !place.lost ? contentOf(value) : undefined;
    if (!isObject(value) || content === undefined) return;
    const group = groups.get(key) ?? new Map<string, Counterpart & { readonly users: Operation[]; count: number }>();
    groups.set(key, group);
    const same = group.get(content);
    if (same !== undefined) {
      same.count++;
      if (same.users.length < mostDifferent) same.users.push(operation);
    } else if (group.size < mostDifferent) {
      group.set(content, { place, value, users: [operation], count: 1, ...(field && { field }) });
    }
  }
}

/** Whether a response answers a condition as HTTP defines it: a 304 to an operation that retrieves, a 412 or 428 to any other. */
function isAnswer({ retrieves }: Operation, { code }: Response): boolean {
  return code === '304' ? retrieves : ['412', '428'].includes(code) && !retrieves;
}

/** The contents of definitions as text. An object that many users share is written once. */
const contents = new WeakMap<object, string | undefined>();

function contentOf(value: Members): string | undefined {
  if (contents.has(value)) return contents.get(value);
  const content = jsonOf(value);
  contents.set(value, content);
  return content;
}

/** A value as JSON; `undefined` if there is none, or if it is too large to be compared. */
function jsonOf(value: unknown): string | undefined {
  const text = isSmall(value) ? (JSON.stringify(value) as string | undefined) : undefined;
  return text !== undefined && text.length <= mostCharacters ? text : undefined;
}

/** Whether a value has few enough members, at all depths, to be written out. Those that aliases repeat count each time. */
function isSmall(value: unknown): boolean {
  const queue: unknown[] = [value];
  for (const one of queue) {
    if (typeof one === 'string' && one.length > mostCharacters) return false;
    if (typeof one !== 'object' || one === null) continue;
    const members: unknown[] = Object.values(one);
    if (queue.length + members.length > mostCharacters / 10) return false;
    queue.push(...members);
  }
  return true;
}

/** The name of a parameter; the empty text if it has none. */
export function nameOf({ value }: Place): string {
  return scalarText(memberOf(value, 'name'));
}

/** What tells responses apart: most operations have one under the same code. */
export function nameOfResponse({ code, place: { value } }: Response): string {
  return `${code} ${scalarText(memberOf(value, 'description'))}`;
}

/** The members that a number of definitions have in common. */
export class CommonMembers {
  readonly #seen = new Set<unknown>();
  readonly #names = new Set<string>();
  /** The extensions that all definitions so far have, with the same value. */
  #extensions: ReadonlyMap<string, string> = new Map();
  /** How many optional parameters there are, and how many of them say so. */
  #optional = 0;
  #saidOptional = 0;
  #first: Members | undefined;

  /** @param places of definitions, behind any `$ref`, with their names */
  constructor(places: readonly (readonly [Place, string])[] = []) {
    for (const [place, name] of places) this.note(place, name);
  }

  /** Takes a definition into account, if it is not known already. */
  note({ value, lost }: Place, name: string): void {
    if (lost || !isObject(value) || this.#seen.has(value)) return;
    this.#seen.add(value);
    this.#names.add(name.toLowerCase());
    const all = this.#first === undefined ? extensionsOf(value) : this.#extensions;
    this.#first ??= value;
    const left = [...all].filter(([key, text]) => jsonOf(value[key]) === text);
    this.#extensions = left.length === all.size ? all : new Map(left);
    const { required } = value;
    if (value['in'] !== undefined && value['in'] !== 'path' && value['in'] !== 'body' && required !== true) {
      this.#optional++;
      if (required === false) this.#saidOptional++;
    }
  }

  /** How many different things are defined. */
  get size(): number {
    return this.#names.size;
  }

  /** The first definition, whose members stand in the usual order. */
  get first(): Members | undefined {
    return this.#first;
  }

  /** The extensions that all have, with the same value. Generators may need them. Those of a single thing may be its own. */
  get extensions(): Readonly<Record<string, Json>> {
    return this.size < 2 ? {} : this.extensionsOfAll;
  }

  /** The same, even of a single thing. */
  get extensionsOfAll(): Readonly<Record<string, Json>> {
    const shared = [...this.#extensions].map(([name, text]): [string, Json] => [name, JSON.parse(text) as Json]);
    return Object.fromEntries(shared);
  }

  /** Whether optional parameters have `required: false`; `undefined` if there are none. */
  get saysOptional(): boolean | undefined {
    return this.#optional === 0 ? undefined : this.#saidOptional === this.#optional;
  }
}

/** The specification extensions of a definition as JSON, without those that are too large to be compared. Examples are its own. */
function extensionsOf(value: Members): ReadonlyMap<string, string> {
  const own = Object.keys(value).filter((key) => key.startsWith('x-') && !/^x-examples?$/i.test(key));
  const texts = own.slice(0, mostDifferent).map((key): [string, string | undefined] => [key, jsonOf(value[key])]);
  return new Map(texts.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Words of operations that say what they do, and words of HTTP: they are about every resource. */
const generalWords = new Set(
  [
    'get list retrieve read fetch find show search query download check head options view latest all by for of and the',
    'put post patch delete update create replace remove set add save upload change edit modify',
    'resource representation version entity etag tag header field request response client server cache content data',
    'status value current condition modified unmodified changed match none since not api http rest service',
  ].flatMap((words) => words.split(' ')),
);

const subjects = new WeakMap<Operation, ReadonlySet<string>>();

/** The words that name what an operation is about: those of its path, tags and id, in the singular. */
function subjectsOf(operation: Operation): ReadonlySet<string> {
  const found = subjects.get(operation) ?? readSubjects(operation);
  subjects.set(operation, found);
  return found;
}

function readSubjects({ template, place: { value } }: Operation): ReadonlySet<string> {
  const tags = memberOf(value, 'tags');
  const names = Array.isArray(tags) ? tags.slice(0, mostDifferent).map(scalarText) : [];
  const words = wordsIn(
    [template, ...names, scalarText(memberOf(value, 'operationId'))].join(' ').slice(0, mostCharacters),
  );
  return new Set(words.filter((word) => word.length > 2 && !generalWords.has(word)));
}

function wordsIn(text: string): string[] {
  const words = text.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').toLowerCase();
  return words.split(/[^\p{L}]+/u).map((word) => word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, ''));
}

/** How long a description that is used once may be. Longer ones say more about their own resource than can be told by its name. */
const longestOwn = 80;

/**
 * A description that counterparts have and that is as true of an operation: one that does not name what only they are about.
 *
 * @returns `undefined` if there is none
 */
export function descriptionFrom(counterparts: readonly Counterpart[], operation: Operation): string | undefined {
  let own: ReadonlySet<string> | undefined;
  for (const { value, users } of counterparts) {
    const description = value['description'];
    if (typeof description !== 'string' || description.trim() === '') continue;
    if (users.length === 1 && description.length > longestOwn) continue;
    own ??= subjectsOf(operation);
    const words = new Set(wordsIn(description));
    const isAboutOthers = (user: Operation) =>
      [...subjectsOf(user)].some((subject) => words.has(subject) && own?.has(subject) !== true);
    if (!users.every(isAboutOthers)) return description;
  }
  return undefined;
}
