import { isObject } from '../json.js';
import { isExtension } from './kind.js';
import { Operation } from './operation.js';
import { ParameterList } from './parameter-list.js';
import { memberOfPathItem } from './path-item.js';
import { Place } from './place.js';
import { mayBeConditional } from './prefilter.js';
import type { InvalidReference } from './references.js';
import type { Reader, Source } from './source.js';
import { type SpecificationVersion, specificationVersionOf } from './specification-version.js';

/** The methods that are fields of a Path Item Object, in the order of the OpenAPI Specification. */
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** What to say of a description that {@link Description.isTooLarge}. */
export const whyTooLarge =
  'references or aliases make it many times as large as its text, so that it is not checked: let fewer of them lead to the same things';

/** An OpenAPI description, read as the contracts of its operations. */
export class Description {
  /** The root of the entry document. */
  readonly place: Place;
  /**
   * The operations under `paths`, in the order of the document; but where a path has nothing to do with conditional requests,
   * there is no contract to read, and its operations are left out.
   */
  readonly operations: readonly Operation[];

  /**
   * @param source the entry document: any JSON value, of any shape
   * @param reader opens the documents that `$ref`s reach
   */
  constructor(source: Source, reader: Reader) {
    this.place = Place.root(source, reader);
    const operations: Operation[] = [];
    this.place.budget.bounded(() => {
      for (const operation of operationsOf(this.place, operations)) operations.push(operation);
    });
    this.operations = operations;
  }

  /** Whether there is more to read than the length of its text accounts for, so that what was found in it is not all. */
  get isTooLarge(): boolean {
    return this.place.budget.isTooMuch;
  }

  /**
   * The `$ref`s that do not lead to what belongs where they stand: those that the contracts consist of, and what else has been
   * come across since.
   */
  get invalidReferences(): readonly InvalidReference[] {
    this.place.budget.bounded(() => {
      for (const { parts } of this.operations) for (const part of parts) part.follow();
    });
    return this.place.invalidReferences;
  }
}

/**
 * The operations of a description: the methods of the path items under `paths`. Callbacks and webhooks turn the roles
 * round (there the API's provider sends the request), so that what a validator promises there is not the provider's word.
 */
function* operationsOf(root: Place, inDescription: readonly Operation[]): Generator<Operation> {
  const version = specificationVersionOf(root.value);
  const conditional = new Map<unknown, boolean>();
  for (const [template, pathItem] of root.child('paths').entries()) {
    if (isExtension(template) || !mayBeConditional(pathItem, conditional)) continue;
    const onSamePath: Operation[] = [];
    const inheritedParameters = new ParameterList(memberOfPathItem(pathItem, 'parameters'), version);
    for (const [method, entry] of methodsOf(pathItem, version)) {
      if (isObject(entry.value))
        onSamePath.push(
          new Operation({ template, method, entry, inheritedParameters, version, onSamePath, inDescription }),
        );
    }
    yield* onSamePath;
  }
}

/** The methods that a path item may have, in upper case but for the author's own, and where each operation would stand. */
function methodsOf(pathItem: Place, version: SpecificationVersion): [method: string, entry: Place][] {
  const possible = version.hasQuery ? [...methods, 'query'] : methods;
  const documented = pathItem.isReference ? possible : possible.filter((key) => pathItem.has(key));
  const own = version.hasQuery ? memberOfPathItem(pathItem, 'additionalOperations').entries() : [];
  return [...documented.map((key): [string, Place] => [key.toUpperCase(), memberOfPathItem(pathItem, key)]), ...own];
}
