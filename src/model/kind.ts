import { isOpenApi, isSwagger } from './specification-version.js';

/** What the OpenAPI Specification calls something in a description: `Response Object`, `map of Header Objects`. */
export type Kind = string;

/** Example data: whatever it contains, it is not part of the description. */
const data: Kind = 'piece of example data';

/** The kind of the members of a map, or of the items of a list. */
const held = new Map<Kind, Kind>();

function mapOf(kind: Kind): Kind {
  held.set(`map of ${kind}s`, kind);
  return `map of ${kind}s`;
}

function listOf(kind: Kind): Kind {
  held.set(`list of ${kind}s`, kind);
  return `list of ${kind}s`;
}

/** The maps with their own name in the specification. In them, a key that begins with `x-` is an extension. */
const namedMaps: Readonly<Record<Kind, Kind>> = {
  'Paths Object': 'Path Item Object',
  'Responses Object': 'Response Object',
  'Callback Object': 'Path Item Object',
};

function all(names: string, kind: Kind): Record<string, Kind> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

const schemas = mapOf('Schema Object');
const examples = mapOf('Example Object');
const content = mapOf('Media Type Object');

const components = {
  schemas,
  examples,
  responses: mapOf('Response Object'),
  parameters: mapOf('Parameter Object'),
  requestBodies: mapOf('Request Body Object'),
  headers: mapOf('Header Object'),
  securitySchemes: mapOf('Security Scheme Object'),
  links: mapOf('Link Object'),
  callbacks: mapOf('Callback Object'),
  pathItems: mapOf('Path Item Object'),
  mediaTypes: content,
};

/** The shared parts of OpenAPI 2.0. */
const shared = {
  definitions: schemas,
  parameters: components.parameters,
  responses: components.responses,
  securityDefinitions: components.securitySchemes,
};

/** The fields that describe the values of a parameter, a header or a media type. */
const valued = { schema: 'Schema Object', items: 'Schema Object', content, example: data, examples };

/**
 * The fields whose values are objects or lists. One table serves all versions of the specification: a field
 * that a version lacks is read there as in the others.
 */
const fields: Readonly<Record<Kind, Readonly<Record<string, Kind>>>> = {
  'OpenAPI Object': {
    ...shared,
    paths: 'Paths Object',
    webhooks: components.pathItems,
    components: 'Components Object',
  },
  'Swagger Object': { ...shared, paths: 'Paths Object' },
  'Components Object': components,
  'Path Item Object': {
    ...all('get put post delete options head patch trace query', 'Operation Object'),
    additionalOperations: mapOf('Operation Object'),
    parameters: listOf('Parameter Object'),
  },
  'Operation Object': {
    parameters: listOf('Parameter Object'),
    requestBody: 'Request Body Object',
    responses: 'Responses Object',
    callbacks: components.callbacks,
  },
  'Response Object': {
    headers: components.headers,
    content,
    links: components.links,
    schema: 'Schema Object',
    examples: data,
  },
  'Parameter Object': valued,
  'Header Object': valued,
  'Request Body Object': { content },
  'Media Type Object': {
    ...valued,
    itemSchema: 'Schema Object',
    encoding: mapOf('Encoding Object'),
    itemEncoding: 'Encoding Object',
    prefixEncoding: listOf('Encoding Object'),
  },
  'Encoding Object': { headers: components.headers },
  'Example Object': all('value dataValue serializedValue', data),
  'Schema Object': {
    ...all('properties patternProperties dependentSchemas definitions $defs', schemas),
    ...all('allOf anyOf oneOf prefixItems', listOf('Schema Object')),
    ...all('items additionalItems additionalProperties contains contentSchema propertyNames', 'Schema Object'),
    ...all('not if then else unevaluatedItems unevaluatedProperties', 'Schema Object'),
    ...all('default const enum example examples x-example', data),
  },
};

/**
 * The keys at the top of files that are not descriptions, but hold parts of them. People name them as a description or its components
 * do.
 */
const kept: Readonly<Record<string, Kind>> = { ...components, ...shared, components: 'Components Object' };

/** Whether a key is a specification extension, which no rule of the OpenAPI Specification speaks of. */
export function isExtension(key: string): boolean {
  return key.startsWith('x-');
}

/** The kind of a whole document, if it says that it is a description. */
export function kindOfDescription(document: unknown): Kind | undefined {
  if (isSwagger(document)) return 'Swagger Object';
  return isOpenApi(document) ? 'OpenAPI Object' : undefined;
}

/** The kind of a member of an object or list; `undefined` if the specification does not say. */
export function kindOfMember(kind: Kind, key: string): Kind | undefined {
  if (kind === data) return data;
  if (kind in namedMaps) return isExtension(key) ? undefined : namedMaps[kind];
  return held.get(kind) ?? memberOf(fields[kind], key);
}

/** The kind of the value under a key at the top of a document that is not a description; `undefined` if the key does not tell. */
export function kindOfKept(key: string): Kind | undefined {
  return memberOf(kept, key);
}

function memberOf(kinds: Readonly<Record<string, Kind>> | undefined, key: string): Kind | undefined {
  return kinds !== undefined && Object.hasOwn(kinds, key) ? kinds[key] : undefined;
}

/** The kind of the members of a map, or of the items of a list; `undefined` for anything else. */
export function itemsOf(kind: Kind): Kind | undefined {
  return namedMaps[kind] ?? held.get(kind);
}

/** Whether two kinds are interchangeable. A map with its own name has the same kind as a map without one that holds the same. */
export function isSameKind(one: Kind, other: Kind): boolean {
  return (
    one === other || (itemsOf(one) !== undefined && isMap(one) === isMap(other) && itemsOf(one) === itemsOf(other))
  );
}

/** Whether a kind is a map, whose keys the author chooses. */
export function isMap(kind: Kind): boolean {
  return kind in namedMaps || kind.startsWith('map of');
}

/** Whether it is data that a description shows, in which a `$ref` is no reference. */
export function isExampleData(kind: Kind): boolean {
  return kind === data;
}

/** Whether a kind is an object whose keys the specification chooses. */
export function hasOwnFields(kind: Kind): boolean {
  return !isMap(kind) && !isList(kind) && !isExampleData(kind);
}

/** Whether a kind is a list. */
export function isList(kind: Kind): boolean {
  return kind.startsWith('list of');
}

/** A kind with its article. */
export function aKind(kind: Kind): string {
  return `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
