import { isObject } from '../json.js';
import { Field, fieldNamed, type FieldsByName, fieldsByName } from './field.js';
import type { Place } from './place.js';
import type { SpecificationVersion } from './specification-version.js';

/** A list of parameters, and the request headers in it. */
export class ParameterList {
  readonly #list: Place;
  readonly #version: SpecificationVersion;
  #entries: readonly Place[] | undefined;
  #headers: readonly Field[] | undefined;
  #byName: FieldsByName | undefined;
  #areKnown: boolean | undefined;

  /** @param list the place of the list, which need not exist; it is read when it is first needed */
  constructor(list: Place, version: SpecificationVersion) {
    this.#list = list;
    this.#version = version;
  }

  /** The place of each parameter, or of the `$ref` to it. */
  get entries(): readonly Place[] {
    return (this.#entries ??= this.#list.items());
  }

  get headers(): readonly Field[] {
    this.#headers ??= this.entries.flatMap((entry) => {
      const { value } = entry.target;
      const { in: location, name } = isObject(value) ? value : {};
      const isHeader = location === 'header' && typeof name === 'string';
      if (isHeader) entry.budget.spendOn([name]);
      return isHeader ? [new Field(name, 'parameter', entry, this.#version)] : [];
    });
    return this.#headers;
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
    return fieldNamed((this.#byName ??= fieldsByName(this.headers)), name);
  }
}
