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

function isConditionalResponse(code: string, response: unknown, known: Map<unknown, boolean>): boolean {
  if (code === '$ref' || conditionalCodes.includes(code)) return true;
  if (!isObject(response)) return false;
  const verdict =
    known.get(response) ?? namesIn(response['headers']).some((name) => name === '$ref' || conditionalField.test(name));
  known.set(response, verdict);
  return verdict;
}

function isConditionalParameter(parameter: unknown): boolean {
  return isObject(parameter) && conditionalField.test(scalarText(parameter['name']));
}

function namesIn(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function membersOf(value: unknown): [key: string, member: unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** Whether the fields that the operations of a path item share, or one of its operations, may be conditional. */
function hasConditionalPart(
  pathItem: Place,
  item: Readonly<Record<string, unknown>>,
  known: Map<unknown, boolean>,
): boolean {
  if (isConditionalPart(pathItem, [], item, known)) return true;
  return Object.keys(item).some((key) => isConditionalPart(pathItem, [key], item[key], known));
}

/** The same for a part: the path item itself, or what stands under one of its keys. */
function isConditionalPart(pathItem: Place, path: Path, part: unknown, known: Map<unknown, boolean>): boolean {
  if (!isObject(part)) return false;
  if (Object.hasOwn(part, '$ref')) return true;
  let isConditional = false;
  // All references are followed, whatever the answer, so that those that lead nowhere are reported.
  for (const [code, entry] of membersOf(part['responses'])) {
    const response = pathItem.settled(entry, [...path, 'responses', code], 'Response Object');
    // A PUT that creates may do so on condition that there is nothing yet.
    const creates = code === '201' && path[0] === 'put';
    isConditional ||= creates || isConditionalResponse(code, response, known);
  }
  for (const [key, entry] of membersOf(part['parameters'])) {
    const parameter = pathItem.settled(entry, [...path, 'parameters', key], 'Parameter Object');
    isConditional ||= key === '$ref' || isConditionalParameter(parameter);
  }
  return isConditional;
}
