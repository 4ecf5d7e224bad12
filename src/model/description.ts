import { isObject } from '../json.js';
import { Exceptions } from './exceptions.js';
import { isExtension } from './kind.js';
import { Operation } from './operation.js';
import { ParameterList } from './parameter-list.js';
import { memberOfPathItem } from './path-item.js';
import { Place } from './place.js';
import { Prefilter } from './prefilter.js';
import type { InvalidReference } from './references.js';
import type { Reader, Source } from './source.js';
import { type SpecificationVersion, specificationVersionOf } from './specification-version.js';
import { allTopics, noTopics } from './topics.js';

/** The methods that are fields of a Path Item Object, in the order of the OpenAPI Specification. */
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** An OpenAPI description, read for what its operations promise about conditional requests. */
export class Description {
  /** The root of the entry document. */
  readonly place: Place;
  /**
   * The operations under `paths`, in the order of the document. Unless all are wanted, those of a path that has nothing to do with
   * conditional requests are left out.
   */
  readonly operations: readonly Operation[];
  /** The exceptions from rules that it makes. */
  readonly exceptions = new Exceptions();

  /**
   * @param source the entry document: any JSON value, of any shape
   * @param reader opens the documents that `$ref`s reach
   * @param wanted which operations to read: those that may have to do with conditional requests, or all
   */
  constructor(source: Source, reader: Reader, wanted: 'conditional' | 'all' = 'conditional') {
    this.place = Place.root(source, reader);
    const operations: Operation[] = [];
    this.place.budget.bounded(() => {
      for (const operation of operationsOf(this.place, operations, wanted)) operations.push(operation);
    });
    this.operations = operations;
  }

  /** Why reading was given up, as a clause about the description; `undefined` if it was not. */
  get whyTooLarge(): string | undefined {
    return this.place.budget.whyTooMuch;
  }

  /**
   * The `$ref`s that lead nowhere or to something of another kind: all in the parts that the operations are read from, and those that
   * rules have followed since.
   */
  get invalidReferences(): readonly InvalidReference[] {
    this.place.budget.bounded(() => {
      for (const { parts } of this.operations) for (const part of parts) part.follow();
    });
    return this.place.invalidReferences;
  }
}

/**
 * The operations of a description: the methods of the path items under `paths`. Callbacks and webhooks are left out: there, the
 * provider of the API sends the request, so a validator is not the provider's promise.
 */
function* operationsOf(
  root: Place,
  inDescription: readonly Operation[],
  wanted: 'conditional' | 'all',
): Generator<Operation> {
  const version = specificationVersionOf(root.value);
  const prefilter = new Prefilter();
  for (const [template, pathItem] of root.child('paths').entries()) {
    if (isExtension(template)) continue;
    const topics = wanted === 'all' ? allTopics : prefilter.topicsOf(pathItem);
    if (topics === noTopics) continue;
    const onSamePath: Operation[] = [];
    const inheritedParameters = new ParameterList(memberOfPathItem(pathItem, 'parameters'), version);
    for (const [method, entry] of methodsOf(pathItem, version)) {
      if (isObject(entry.value))
        onSamePath.push(
          new Operation({ template, method, entry, inheritedParameters, version, topics, onSamePath, inDescription }),
        );
    }
    yield* onSamePath;
  }
}

/** The methods of a path item, in upper case except for additional operations, and the place of each operation. */
function methodsOf(pathItem: Place, version: SpecificationVersion): [method: string, entry: Place][] {
  const possible = version.hasQuery ? [...methods, 'query'] : methods;
  const documented = pathItem.isReference ? possible : possible.filter((key) => pathItem.has(key));
  const own = version.hasQuery ? memberOfPathItem(pathItem, 'additionalOperations').entries() : [];
  return [...documented.map((key): [string, Place] => [key.toUpperCase(), memberOfPathItem(pathItem, key)]), ...own];
}
