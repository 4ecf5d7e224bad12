import { isObject, scalarText } from '../json.js';
import { aKind, isExtension, isList, isMap, itemsOf, type Kind, kindOfDescription } from './kind.js';

type Members = Readonly<Record<string, unknown>>;

function hasText(members: Members, ...keys: readonly string[]): boolean {
  return keys.every((key) => typeof members[key] === 'string');
}

function hasObject(members: Members, ...keys: readonly string[]): boolean {
  return keys.some((key) => isObject(members[key]));
}

function hasAny(members: Members, names: string): boolean {
  return names.split(' ').some((name) => Object.hasOwn(members, name));
}

const methods = 'get put post delete options head patch trace query'.split(' ');
const types = new Set<unknown>('string number integer boolean object array null'.split(' '));

/** What only a schema has, of whatever version. */
function isSchema(members: Members): boolean {
  const isCombined = ['allOf', 'anyOf', 'oneOf'].some((key) => Array.isArray(members[key]));
  return isCombined || hasText(members, '$schema') || hasObject(members, 'properties', 'additionalProperties');
}

/** Whether it has a type as a schema does; the headers and parameters of OpenAPI 2.0 do, too. */
function hasType({ type, enum: values }: Members): boolean {
  return Array.isArray(values) || (Array.isArray(type) ? type.every((one) => types.has(one)) : types.has(type));
}

/** What an object of some kind unmistakably has, and hardly one of any other kind: the first that holds has the last word. */
const marks: readonly (readonly [Kind, (members: Members) => boolean])[] = [
  ['Parameter Object', (members) => hasText(members, 'in', 'name')],
  ['Path Item Object', (members) => hasObject(members, ...methods)],
  ['Operation Object', (members) => hasObject(members, 'responses')],
  ['Schema Object', (members) => isSchema(members) || hasType(members)],
  ['Response Object', (members) => hasObject(members, 'headers', 'links')],
  ['Request Body Object', (members) => hasObject(members, 'content') && typeof members['required'] === 'boolean'],
  ['Example Object', (members) => hasAny(members, 'value externalValue dataValue serializedValue')],
];

/** What is enough for an object to be of a kind, whatever else it has. */
const proofs: Readonly<Record<Kind, (members: Members, isOld: boolean) => boolean>> = {
  'Response Object': (members, isOld) =>
    hasObject(members, 'headers', 'links') ||
    (hasObject(members, 'content') && typeof members['required'] !== 'boolean') ||
    (isOld && hasObject(members, 'schema')),
  'Header Object': (members, isOld) =>
    isOld ? hasType(members) && !isSchema(members) : hasObject(members, 'schema', 'content'),
  'Parameter Object': (members) => hasText(members, 'in', 'name'),
  'Path Item Object': (members) => hasObject(members, ...methods),
  'Operation Object': (members) => hasObject(members, 'responses'),
  'Schema Object': (members) => isSchema(members) || hasType(members),
};

/** The fields of which an object of a kind has one at least, if it has any. */
const fields: Readonly<Record<Kind, string>> = {
  'Response Object': 'description summary headers content links schema examples',
  'Header Object':
    'description required deprecated schema content example examples style explode allowEmptyValue type format items default enum pattern',
  // Both are required in every version.
  'Parameter Object': 'name in',
  'Path Item Object': `${methods.join(' ')} summary description servers parameters additionalOperations`,
  'Operation Object': 'responses summary description operationId parameters requestBody tags deprecated security',
};

/**
 * What a value shows itself to be, where it is plainly not what is wanted. Of what might be either, nothing is said.
 *
 * @param isOld whether it belongs to a description of version 2.0
 * @returns in words, with an article: `a Schema Object`, `a list`
 */
export function misshapen(value: unknown, wanted: Kind, isOld: boolean): string | undefined {
  const isJudged = (itemsOf(wanted) ?? wanted) in proofs;
  // A name with nothing after it, which is `null` in YAML, is yet to be filled in.
  if (!isJudged || value === undefined || value === null) return undefined;
  if (isList(wanted)) return Array.isArray(value) ? undefined : inWords(value);
  if (!isObject(value)) return wanted === 'Schema Object' && typeof value === 'boolean' ? undefined : inWords(value);
  const own = Object.entries(value).filter(([key]) => !isExtension(key));
  if (isMap(wanted)) return own.some(([, member]) => scalarText(member) !== '') ? inWords(value) : undefined;
  if (isProven(value, wanted, isOld)) return undefined;
  const names = fields[wanted];
  const isForeign = names !== undefined && own.length > 0 && !hasAny(value, names);
  return isForeign || kindShownBy(value) !== undefined ? inWords(value) : undefined;
}

/** Whether a value has what is enough for it to be of a kind. */
export function isProven(value: unknown, wanted: Kind, isOld: boolean): boolean {
  return isObject(value) && proofs[wanted]?.(value, isOld) === true;
}

/** The kind of an object, as far as what it has shows that. */
export function kindShownBy(value: unknown): Kind | undefined {
  if (!isObject(value)) return undefined;
  return kindOfDescription(value) ?? marks.find(([, holds]) => holds(value))?.[0];
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (!isObject(value)) return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
  const kind = kindShownBy(value);
  return kind === undefined ? 'an object of another kind' : aKind(kind);
}
