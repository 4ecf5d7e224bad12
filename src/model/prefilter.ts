import { isObject, type Path, scalarText } from '../json.js';
import type { Place } from './place.js';

/** The status codes that only answer conditional requests. */
const conditionalCodes = ['304', '412', '428'];

/** How the names of the fields of conditional requests and caching begin, misspelt ones included. */
const conditionalField = /^(?:if|range$|e[-_. ]?tag|last|cache-control$|vary$|expires$)/i;

/**
 * Whether a path item may have anything to do with conditional requests. This quick check rules most paths of most descriptions out
 * before their operations are read. In doubt, such as behind an unusual `$ref`, the answer is yes.
 *
 * @param known the answers for path items and responses so far, many of which are shared
 */
export function mayBeConditional(pathItem: Place, known = new Map<unknown, boolean>()): boolean {
  // HEAD is conditional in itself: rules look at its responses whatever their headers.
  if (pathItem.isReference || pathItem.has('additionalOperations') || pathItem.has('head')) return true;
  const item = isObject(pathItem.value) ? pathItem.value : {};
  const verdict = known.get(item) ?? hasConditionalPart(pathItem, item, known);
  known.set(item, verdict);
  return verdict;
}

export function isConditionalResponse(code: string, response: unknown, known = new Map<unknown, boolean>()): boolean {
  if (code === '$ref' || conditionalCodes.includes(code)) return true;
  if (!isObject(response)) return false;
  const verdict =
    known.get(response) ??
    membersOf(response['headers']).some(([name]) => name === '$ref' || conditionalField.test(name));
  known.set(response, verdict);
  return verdict;
}

export function isConditionalParameter(parameter: unknown): boolean {
  return isObject(parameter) && conditionalField.test(scalarText(parameter['name']));
}

export function membersOf(value: unknown): [key: string, member: unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

export function hasConditionalPart(
  pathItem: Place,
  item: Readonly<Record<string, unknown>>,
  known: Map<unknown, boolean>,
): boolean {
  const operations = membersOf(item).map(([key, member]): [path: Path, part: unknown] => [[key], member]);
  const parts: [path: Path, part: unknown][] = [[[], item], ...operations];
  return parts.some(([path, part]) => {
    if (!isObject(part)) return false;
    if (Object.hasOwn(part, '$ref')) return true;
    const responses = membersOf(part['responses']).map(([code, response]) => {
      return [code, pathItem.settled(response, [...path, 'responses', code], 'Response Object')] as const;
    });
    const parameters = membersOf(part['parameters']).map(([key, parameter]) => {
      return [key, pathItem.settled(parameter, [...path, 'parameters', key], 'Parameter Object')] as const;
    });
    return (
      responses.some(([code, response]) => isConditionalResponse(code, response, known)) ||
      // A PUT that creates may do so on condition that there is nothing yet.
      (path[0] === 'put' && responses.some(([code]) => code === '201')) ||
      parameters.some(([key, parameter]) => key === '$ref' || isConditionalParameter(parameter))
    );
  });
}
