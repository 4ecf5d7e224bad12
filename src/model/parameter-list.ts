import { isObject } from '../json.js';
import { Field, fieldNamed, type FieldsByName, fieldsByName } from './field.js';
import type { Place } from './place.js';
import type { SpecificationVersion } from './specification-version.js';

/** A list of parameters, and the request headers in it. */
export class ParameterList {
  readonly #list: Place;
  /** The place of each parameter, or of the `$ref` to it. */
  readonly entries: readonly Place[];
  readonly headers: readonly Field[];
  readonly #byName: FieldsByName;
  #areKnown: boolean | undefined;

  /** @param list the place of the list, which need not exist */
  constructor(list: Place, version: SpecificationVersion) {
    this.#list = list;
    this.entries = list.items();
    const headers: Field[] = [];
    for (const entry of this.entries) {
      const { value } = entry.target;
      if (!isObject(value) || value['in'] !== 'header' || typeof value['name'] !== 'string') continue;
      entry.budget.spendOn([value['name']]);
      headers.push(new Field(value['name'], 'parameter', entry, version));
    }
    this.headers = headers;
    this.#byName = fieldsByName(headers);
  }

  /** Whether all parameters are known: every `$ref` to them can be followed. */
  get areKnown(): boolean {
    this.#areKnown ??= !this.#list.target.lost && this.entries.every((entry) => !entry.target.lost);
    return this.#areKnown;
  }

  /**
   * The first header with a name.
   *
   * @param name compared without case (RFC 9110 §5.1)
   */
  named(name: string): Field | undefined {
    return fieldNamed(this.#byName, name);
  }
}
