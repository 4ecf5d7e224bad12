import { isObject, scalarText } from '../json.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import { schemasAt } from '../model/schemas-at.js';

/** How many schemas are searched for the required members of a body: enough for one that is composed of several. */
const mostSchemas = 8;

/** A word for the version of a resource, alone or joined to a word for the resource. */
const versionWord =
  /^(?:(?:lock|row|item|entity|resource|object|record|document)?version|revision|rev|etag|generation)$/;

/** Whether a name means the version of a resource: `version`, `lockVersion`, `etag`. The version of an API does not count. */
function namesVersion(name: string): boolean {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => versionWord.test(word)) && !words.includes('api');
}

/**
 * Whether every request of an operation names the version of the resource without a precondition: in the path, in a required query
 * parameter, or in a required member of the body.
 */
export function alwaysNamesVersion(operation: Operation): boolean {
  return (
    hasVersionInPath(operation.template) ||
    operation.parameters.some(({ target: { value } }) => isRequiredVersion(value)) ||
    bodySchemasOf(operation).some(requiresVersion)
  );
}

/** Whether a segment of a path is the version of the resource before it. A first segment, or one after a `v`, is the version of the API. */
function hasVersionInPath(template: string): boolean {
  return template
    .split('/')
    .slice(2)
    .some((segment) => !segment.startsWith('v{') && segment.includes('{') && namesVersion(segment));
}

function isRequiredVersion(parameter: unknown): boolean {
  if (!isObject(parameter) || parameter['in'] !== 'query' || parameter['required'] !== true) return false;
  return namesVersion(scalarText(parameter['name']));
}

/** The schemas of the request body: one for each media type; in OpenAPI 2.0, that of the body parameter. */
function bodySchemasOf(operation: Operation): Place[] {
  const bodies = operation.parameters.filter(({ target: { value } }) => isObject(value) && value['in'] === 'body');
  const mediaTypes = operation.place.child('requestBody').child('content').entries();
  return [...bodies, ...mediaTypes.map(([, mediaType]) => mediaType)].map((holder) => holder.child('schema'));
}

/** Whether a schema, or a part of its `allOf`, requires a member that is named after a version. */
function requiresVersion(schema: Place): boolean {
  const queue = schemasAt(schema);
  for (const part of queue) {
    const required = part.own('required').items();
    if (required.some(({ value }) => namesVersion(scalarText(value)))) return true;
    for (const composed of part.own('allOf').items()) {
      if (queue.length >= mostSchemas) break;
      queue.push(...schemasAt(composed));
    }
  }
  return false;
}
