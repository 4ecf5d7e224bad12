import { isObject } from '../json.js';
import type { Place } from './place.js';
import type { SpecificationVersion } from './specification-version.js';

/** A schema that the values of a field have to satisfy. */
interface FieldSchema {
  /** The schema object; its keywords are its own members. */
  readonly place: Place;
  /** Whether it is a schema for the items of a list, where the value of the field is the list. */
  readonly isItem: boolean;
}

/**
 * A header field as a description defines it: a response header, or a header among the parameters of an operation. Or a property of
 * the content of a response that has the value of a header field, as a schema defines it or an example shows it.
 */
export class Field {
  /** The name, as written. */
  readonly name: string;
  readonly role: 'header' | 'parameter' | 'property';
  /**
   * Its entry in the map of headers, the list of parameters or the map of properties: its definition, or a `$ref` to it. Of a property
   * in an example, the value.
   */
  readonly entry: Place;
  readonly #version: SpecificationVersion;
  #schemas: readonly FieldSchema[] | undefined;

  constructor(name: string, role: Field['role'], entry: Place, version: SpecificationVersion) {
    this.name = name;
    this.role = role;
    this.entry = entry;
    this.#version = version;
  }

  /** The place of its definition, behind any `$ref`. */
  get place(): Place {
    return this.entry.target;
  }

  /** What a message calls it: `ETag header`, `If-Match parameter`, `etag property`. */
  get label(): string {
    return `${this.name} ${this.role}`;
  }

  /** Whether its examples may be percent-encoded. */
  get mayPercentEncode(): boolean {
    return this.#version.mayPercentEncode;
  }

  /**
   * Whether a place is part of this definition itself, and not of a shared schema behind a `$ref`, which may be right for its other
   * users.
   */
  owns(place: Place): boolean {
    return place.isWithin(this.place);
  }

  /** The schemas that its values have to satisfy, with those behind `allOf`, `items` and `$ref`, each once. */
  get schemas(): readonly FieldSchema[] {
    return (this.#schemas ??= this.#schemasFound());
  }

  #schemasFound(): FieldSchema[] {
    const holders = [this.place, ...this.#mediaTypes];
    const roots = this.#isSchema ? [this.entry] : holders.map((holder) => holder.child('schema'));
    const queue: FieldSchema[] = roots.map((place) => ({ place, isItem: false }));
    const seen = new Set<unknown>();
    const schemas: FieldSchema[] = [];
    for (const { place, isItem } of queue) {
      if (!isObject(place.value) || seen.has(place.value)) continue;
      seen.add(place.value);
      if (place.isReference) {
        const { hasReferenceSiblings } = this.#version;
        const next = hasReferenceSiblings && !place.target.lost ? place.next : undefined;
        queue.push({ place: next ?? place.target, isItem });
        if (!hasReferenceSiblings) continue;
      }
      schemas.push({ place, isItem });
      for (const all of present(place, 'allOf')) for (const part of all.items()) queue.push({ place: part, isItem });
      for (const item of present(place, 'items')) queue.push({ place: item, isItem: true });
    }
    return schemas;
  }

  /** Whether its entry is a schema, and not an object that has one. */
  get #isSchema(): boolean {
    return this.role === 'property' || this.#version.format === 'swagger';
  }

  /** The places of all values in its definition: examples, `default`, `const` and `enum`. Of a list, the items. */
  get values(): Place[] {
    return this.wholeValues.flatMap((place) => (Array.isArray(place.value) ? place.items() : [place]));
  }

  /** The same as {@link values}, but each list as a whole. */
  get wholeValues(): Place[] {
    const isShown = this.role === 'property' && !isObject(this.place.value);
    const keyOfExample = this.role !== 'property' && this.#version.format === 'swagger' ? 'x-example' : 'example';
    const fromSchemas = this.schemas.flatMap(({ place }) => [
      ...present(place, keyOfExample),
      ...present(place, 'examples').flatMap((examples) => examples.items()),
      ...present(place, 'default'),
      ...present(place, 'const'),
      ...present(place, 'enum').flatMap((members) => members.items()),
    ]);
    const besideSchemas = this.#isSchema ? [] : [this.place, ...this.#mediaTypes].flatMap(examplesOf);
    const values = isShown ? [this.place] : [...fromSchemas, ...besideSchemas];
    return values.filter(({ value }) => value !== undefined && value !== null);
  }

  get #mediaTypes(): Place[] {
    return present(this.place, 'content').flatMap((content) => content.entries().map(([, mediaType]) => mediaType));
  }
}

/** Fields by their names in lower case, since case does not matter (RFC 9110 §5.1). */
export type FieldsByName = ReadonlyMap<string, Field>;

const noFields: FieldsByName = new Map();

/** Indexes fields by name. If several have the same name, the first counts. */
export function fieldsByName(fields: readonly Field[]): FieldsByName {
  if (fields.length === 0) return noFields;
  const byName = new Map<string, Field>();
  for (const field of fields) {
    const name = field.name.toLowerCase();
    if (!byName.has(name)) byName.set(name, field);
  }
  return byName;
}

/** The field with a name, case aside. */
export function fieldNamed(fields: FieldsByName, name: string): Field | undefined {
  return fields.size === 0 ? undefined : fields.get(name.toLowerCase());
}

/** A list of one member of the object at a place, or an empty list if it has no such member. `$ref`s are not followed. */
function present(place: Place, key: string): Place[] {
  return place.has(key) ? [place.own(key)] : [];
}

/** The examples beside the schema of a parameter, header or media type. */
export function examplesOf({ target: holder }: Place): Place[] {
  const named = present(holder, 'examples').flatMap((examples) => examples.entries());
  return [
    ...present(holder, 'example'),
    ...named.flatMap(([, example]) => ['value', 'dataValue', 'serializedValue'].map((key) => example.child(key))),
  ];
}
