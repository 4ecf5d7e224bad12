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

/** Whether an object has members that only schemas have. */
function isSchema(members: Members): boolean {
  const isCombined = ['allOf', 'anyOf', 'oneOf'].some((key) => Array.isArray(members[key]));
  return isCombined || hasText(members, '$schema') || hasObject(members, 'properties', 'additionalProperties');
}

/** Whether an object has a type, as schemas have, and headers and parameters of OpenAPI 2.0. */
function hasType({ type, enum: values }: Members): boolean {
  return Array.isArray(values) || (Array.isArray(type) ? type.every((one) => types.has(one)) : types.has(type));
}

/** The members that show the kind of an object, since hardly any other kind has them. The first match decides. */
const marks: readonly (readonly [Kind, (members: Members) => boolean])[] = [
  ['Parameter Object', (members) => hasText(members, 'in', 'name')],
  ['Path Item Object', (members) => hasObject(members, ...methods)],
  ['Operation Object', (members) => hasObject(members, 'responses')],
  ['Schema Object', (members) => isSchema(members) || hasType(members)],
  ['Response Object', (members) => hasObject(members, 'headers', 'links')],
  ['Request Body Object', (members) => hasObject(members, 'content') && typeof members['required'] === 'boolean'],
  ['Example Object', (members) => hasAny(members, 'value externalValue dataValue serializedValue')],
];

/** The members that prove that an object is of a kind, whatever else it has. */
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

/** The fields of a kind. An object with none of them, but with others, is of another kind. */
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
 * What a value is, judged by its members, if it is clearly not of the wanted kind.
 *
 * @param isOld whether it belongs to a description of version 2.0
 * @returns in words, with an article: `a Schema Object`, `a list`; `undefined` if it may be of the wanted kind
 */
export function misshapen(value: unknown, wanted: Kind, isOld: boolean): string | undefined {
  const isJudged = (itemsOf(wanted) ?? wanted) in proofs;
  // In YAML, `null` is a name without a value, which the author has yet to write.
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

/** Whether the members of a value prove that it is of a kind. */
export function isProven(value: unknown, wanted: Kind, isOld: boolean): boolean {
  return isObject(value) && proofs[wanted]?.(value, isOld) === true;
}

/** The kind of an object that its members show; `undefined` if they do not. */
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
