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

/** A header field as a description defines it: a response header, or a header among the parameters of an operation. */
export class Field {
  /** The name, as written. */
  readonly name: string;
  /** Which side sends it. */
  readonly role: 'header' | 'parameter';
  /** Where the map of headers, or the list of parameters, holds it: its definition, or a `$ref` to it. */
  readonly entry: Place;
  readonly #version: SpecificationVersion;
  #schemas: readonly FieldSchema[] | undefined;

  constructor(name: string, role: 'header' | 'parameter', entry: Place, version: SpecificationVersion) {
    this.name = name;
    this.role = role;
    this.entry = entry;
    this.#version = version;
  }

  /** Where its definition stands, `$ref`s followed. */
  get place(): Place {
    return this.entry.target;
  }

  /** What a message calls it: `ETag header`, `If-Match parameter`. */
  get label(): string {
    return `${this.name} ${this.role}`;
  }

  /** Whether its examples may be percent-encoded. */
  get mayPercentEncode(): boolean {
    return this.#version.mayPercentEncode;
  }

  /**
   * Whether a place belongs to this definition alone. What a schema of general use says, behind a `$ref`, is right or wrong
   * for this field only.
   */
  owns(place: Place): boolean {
    return place.isWithin(this.place);
  }

  /** The schemas that its values have to satisfy, `allOf`, `items` and `$ref`s followed, each once. */
  get schemas(): readonly FieldSchema[] {
    return (this.#schemas ??= this.#schemasFound());
  }

  #schemasFound(): FieldSchema[] {
    const holders = [this.place, ...this.#mediaTypes];
    const roots = this.#version.format === 'swagger' ? [this.entry] : holders.map((holder) => holder.child('schema'));
    const queue: FieldSchema[] = roots.map((place) => ({ place, isItem: false }));
    const seen = new Set<unknown>();
    const schemas: FieldSchema[] = [];
    for (const { place, isItem } of queue) {
      if (!isObject(place.value) || seen.has(place.value)) continue;
      seen.add(place.value);
      if (place.isReference) queue.push({ place: place.target, isItem });
      if (place.isReference && !this.#version.hasReferenceSiblings) continue;
      schemas.push({ place, isItem });
      for (const all of present(place, 'allOf')) for (const part of all.items()) queue.push({ place: part, isItem });
      for (const item of present(place, 'items')) queue.push({ place: item, isItem: true });
    }
    return schemas;
  }

  /** Where the values stand that the description gives for it: examples, defaults, what schemas fix; of a list, its items. */
  get values(): Place[] {
    return this.wholeValues.flatMap((place) => (Array.isArray(place.value) ? place.items() : [place]));
  }

  /** The same, each list as a whole. */
  get wholeValues(): Place[] {
    const isSwagger = this.#version.format === 'swagger';
    const fromSchemas = this.schemas.flatMap(({ place }) => [
      ...present(place, isSwagger ? 'x-example' : 'example'),
      ...present(place, 'examples').flatMap((examples) => examples.items()),
      ...present(place, 'default'),
      ...present(place, 'const'),
      ...present(place, 'enum').flatMap((members) => members.items()),
    ]);
    const besideSchemas = isSwagger ? [] : [this.place, ...this.#mediaTypes].flatMap(examplesOf);
    return [...fromSchemas, ...besideSchemas].filter(({ value }) => value !== undefined && value !== null);
  }

  get #mediaTypes(): Place[] {
    return present(this.place, 'content').flatMap((content) => content.entries().map(([, mediaType]) => mediaType));
  }
}

/** Fields by their names, of which case is no part (RFC 9110 §5.1). */
export type FieldsByName = ReadonlyMap<string, Field>;

/** Some fields by their names: of those with one name, the first. */
export function fieldsByName(fields: readonly Field[]): FieldsByName {
  const byName = new Map<string, Field>();
  for (const field of fields) {
    const name = field.name.toLowerCase();
    if (!byName.has(name)) byName.set(name, field);
  }
  return byName;
}

/** The field that has a name, whatever its case. */
export function fieldNamed(fields: FieldsByName, name: string): Field | undefined {
  return fields.get(name.toLowerCase());
}

/** A member of the very object that stands at a place, if it has one of that name: most schemas have few. */
function present(place: Place, key: string): Place[] {
  return place.has(key) ? [place.own(key)] : [];
}

/** The examples beside the schema of a parameter, header or media type. */
function examplesOf({ target: holder }: Place): Place[] {
  const named = present(holder, 'examples').flatMap((examples) => examples.entries());
  return [
    ...present(holder, 'example'),
    ...named.flatMap(([, example]) => ['value', 'dataValue', 'serializedValue'].map((key) => example.child(key))),
  ];
}
