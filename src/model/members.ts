import type { Place } from './place.js';
import { schemasAt } from './schemas-at.js';

/** Whether a name is that of a wanted member. */
type IsWanted = (name: string) => boolean;

/** A member of a representation, by its name. */
export type NamedMember = readonly [name: string, place: Place];

/** How many schemas a representation may be composed of: enough for one that extends another several times over. */
const mostParts = 16;

/** How many schemas of members are looked into: enough for the usual envelope around a resource. */
const mostMembers = 8;

/** How many values of an example are looked into: enough for a short list of resources. */
const mostValues = 64;

/** The keywords that compose a schema of a list of others. */
const compositions = ['allOf', 'anyOf', 'oneOf'];

/** The definitions of the wanted members of what some schemas describe, and of its own members. */
export function* definedMembers(schemas: readonly Place[], isWanted: IsWanted): Generator<NamedMember> {
  for (const { properties, names } of schemasOfMembers(schemas))
    for (const name of names) if (isWanted(name)) yield [name, properties.child(name)];
}

/** The wanted members of some examples of a representation, and of those that the schemas of the representation give. */
export function* shownMembers(
  examples: readonly Place[],
  schemas: readonly Place[],
  isWanted: IsWanted,
): Generator<NamedMember> {
  const queue = [...examples];
  for (const { schema } of schemasOfMembers(schemas)) {
    if (schema.has('example')) queue.push(schema.own('example'));
    if (schema.has('examples')) queue.push(...schema.own('examples').items());
  }
  for (const value of queue) {
    // In an example, a `$ref` is data. Many authors mean a reference by it, but it need not lead anywhere.
    if (value.isReference) continue;
    for (const [name, member] of value.entries()) {
      if (isWanted(name)) yield [name, member];
      else if (isNested(member)) queue.push(member);
    }
    queue.push(...value.items().filter(isNested));
    queue.length = Math.min(queue.length, mostValues);
  }
}

function isNested({ value }: Place): boolean {
  return typeof value === 'object' && value !== null;
}

/** A schema with properties. */
interface ObjectSchema {
  readonly schema: Place;
  readonly properties: Place;
  /** The names of the properties. */
  readonly names: readonly string[];
}

/** The schemas with properties that some schemas are made of, and those of the first of their members. */
function* schemasOfMembers(schemas: readonly Place[]): Generator<ObjectSchema> {
  const queue = partsOf(schemas, mostParts);
  let room = mostMembers;
  for (const schema of queue) {
    if (!schema.has('properties')) continue;
    const properties = schema.own('properties');
    const names = properties.keys();
    yield { schema, properties, names };
    const members = names.slice(0, room).map((name) => properties.child(name));
    const parts = partsOf(members, room);
    room -= parts.length;
    queue.push(...parts);
  }
}

/**
 * Some schemas, those that they are composed of, and those of the items of lists: no more than a number of them. The keywords of each are
 * its own members.
 */
function partsOf(schemas: readonly Place[], most: number): Place[] {
  const parts = schemas.flatMap(schemasAt);
  const seen = new Set(parts.map(({ value }) => value));
  for (const schema of parts) {
    if (parts.length >= most) break;
    const holders: Place[] = [];
    for (const keyword of compositions) if (schema.has(keyword)) holders.push(...schema.own(keyword).items());
    if (schema.has('items')) holders.push(schema.own('items'));
    for (const holder of holders) {
      if (parts.length >= most) break;
      const found = schemasAt(holder).filter(({ exists, value }) => exists && !seen.has(value));
      for (const part of found) seen.add(part.value);
      parts.push(...found.slice(0, most - parts.length));
    }
  }
  return parts;
}

/** Whether a member is named after the entity-tag, however that is marked: `etag`, `_etag`, `@odata.etag`. */
export function namesEntityTag(name: string): boolean {
  // The first condition rules nearly all members out at once.
  return (name.endsWith('g') || name.endsWith('G')) && /(?:^|[^a-z])e-?tag$/i.test(name);
}

/** Whether a member is named after the last change: `lastModified`, `updated_at`, `changedOn`. */
export function namesModificationDate(name: string): boolean {
  return /modif|updated|changed|last_?update/i.test(name);
}
