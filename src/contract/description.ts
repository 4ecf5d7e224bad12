import { type Dialect, dialectOf } from './dialect.js';
import { isExtension } from './kind.js';
import { Operation } from './operation.js';
import { ParameterList } from './parameter-list.js';
import { mayBeConditional, memberOfPathItem } from './path-item.js';
import { isObject, Place, type Reader, type Source } from './place.js';

/** The methods that are fields of a Path Item Object, in the order of the OpenAPI Specification. */
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

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
    for (const operation of operationsOf(this.place, operations)) operations.push(operation);
    this.operations = operations;
  }
}

/**
 * The operations of a description: the methods of the path items under `paths`. Callbacks and webhooks turn the roles
 * round (there the API's provider sends the request), so that what a validator promises there is not the provider's word.
 */
function* operationsOf(root: Place, inDescription: readonly Operation[]): Generator<Operation> {
  const dialect = dialectOf(root.value);
  for (const [template, pathItem] of root.child('paths').entries()) {
    if (isExtension(template) || !mayBeConditional(pathItem)) continue;
    const onSamePath: Operation[] = [];
    const inheritedParameters = new ParameterList(memberOfPathItem(pathItem, 'parameters'), dialect);
    for (const [method, entry] of methodsOf(pathItem, dialect)) {
      if (isObject(entry.value))
        onSamePath.push(
          new Operation({ template, method, entry, inheritedParameters, dialect, onSamePath, inDescription }),
        );
    }
    yield* onSamePath;
  }
}

/** The methods that a path item may have, in upper case but for the author's own, and where each operation would stand. */
function methodsOf(pathItem: Place, dialect: Dialect): [method: string, entry: Place][] {
  const possible = dialect.hasQuery ? [...methods, 'query'] : methods;
  const documented = pathItem.isReference ? possible : possible.filter((key) => pathItem.has(key));
  const own = dialect.hasQuery ? memberOfPathItem(pathItem, 'additionalOperations').entries() : [];
  return [...documented.map((key): [string, Place] => [key.toUpperCase(), memberOfPathItem(pathItem, key)]), ...own];
}
