import { Operation } from './operation.js';
import { isExtension, memberOfPathItem } from './path-item.js';
import { isObject, Place, type Reader, type Source } from './place.js';

/** The methods that are fields of a Path Item Object, in the order of the OpenAPI Specification. */
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** An OpenAPI description, read as the contracts of its operations. */
export class Description {
  /** The root of the entry document. */
  readonly place: Place;
  /** The operations under `paths`, in the order of the document. */
  readonly operations: readonly Operation[];

  /**
   * @param source the entry document: any JSON value, of any shape
   * @param reader opens the documents that `$ref`s reach
   */
  constructor(source: Source, reader: Reader) {
    this.place = Place.root(source, reader);
    this.operations = [...operationsOf(this.place)];
  }
}

/**
 * The operations of a description: the methods of the path items under `paths`. Callbacks and webhooks turn the roles
 * round (there the API's provider sends the request), so that what a validator promises there is not the provider's word.
 */
function* operationsOf(root: Place): Generator<Operation> {
  const { swagger, openapi } = isObject(root.value) ? root.value : {};
  const format = String(swagger).startsWith('2') ? 'swagger' : 'openapi';
  const hasQuery = format === 'openapi' && /^3\.(?:[2-9]|\d\d)/.test(String(openapi));
  for (const [template, pathItem] of root.child('paths').entries()) {
    if (isExtension(template)) continue;
    const operation = (method: string, entry: Place) => new Operation({ template, method, entry, pathItem, format });
    for (const method of hasQuery ? [...methods, 'query'] : methods) {
      const entry = memberOfPathItem(pathItem, method);
      if (isObject(entry.value)) yield operation(method.toUpperCase(), entry);
    }
    if (!hasQuery) continue;
    for (const [method, entry] of memberOfPathItem(pathItem, 'additionalOperations').entries()) {
      if (isObject(entry.value)) yield operation(method, entry);
    }
  }
}
