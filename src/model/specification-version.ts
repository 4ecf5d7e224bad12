import { isObject, scalarText } from '../json.js';

/** What depends on the version of the OpenAPI Specification that a description is written to. */
export interface SpecificationVersion {
  /** The two shapes of an OpenAPI description: 2.0, and everything since. */
  readonly format: 'swagger' | 'openapi';
  /** Whether a Path Item Object has the method QUERY, and methods of the author's own: since 3.2. */
  readonly hasQuery: boolean;
  /** Whether the members beside the `$ref` of a schema count: since 3.1, which took over JSON Schema's word for it. */
  readonly hasReferenceSiblings: boolean;
  /**
   * Whether an example of a header may be percent-encoded, so that `%22` stands for a quotation mark: the text of 3.0 and 3.1
   * could be read so until 3.1.2 ruled it out.
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

/** The dialect of a description, by the version that it says it has. */
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
