import { isObject, scalarText } from '../json.js';

/** What depends on the version of the OpenAPI Specification that a description follows. */
export interface SpecificationVersion {
  /** `swagger` is version 2.0, `openapi` every later one. */
  readonly format: 'swagger' | 'openapi';
  /** Whether a Path Item Object has `query` and `additionalOperations`: since 3.2. */
  readonly hasQuery: boolean;
  /** Whether keywords beside the `$ref` of a schema count: since 3.1, as in JSON Schema 2020-12. */
  readonly hasReferenceSiblings: boolean;
  /**
   * Whether an example of a header may be percent-encoded, with `%22` for a quotation mark. The text of 3.0 and 3.1 could be read
   * so, until 3.1.2 ruled it out.
   */
  readonly mayPercentEncode: boolean;
}

/** Whether a document says that it is an OpenAPI description of version 2.0. */
export function isSwagger(document: unknown): boolean {
  return isObject(document) && /^2(?:\.|$)/.test(scalarText(document['swagger']));
}

/** Whether a document says that it is an OpenAPI description of a version 3. */
export function isOpenApi(document: unknown): boolean {
  return isObject(document) && /^3(?:\.|$)/.test(scalarText(document['openapi']));
}

/** What the version of a description implies, from its `swagger` or `openapi` field. */
export function specificationVersionOf(description: unknown): SpecificationVersion {
  const version = scalarText(isObject(description) ? description['openapi'] : undefined);
  const isOld = isSwagger(description);
  return {
    format: isOld ? 'swagger' : 'openapi',
    hasQuery: !isOld && /^3\.(?:[2-9]|\d\d)/.test(version),
    hasReferenceSiblings: !isOld && !version.startsWith('3.0'),
    mayPercentEncode: !isOld && /^3\.(?:0(?:\.|$)|1(?:\.[01])?$)/.test(version),
  };
}
