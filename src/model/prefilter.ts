import { isObject, type Path, scalarText } from '../json.js';
import type { Place } from './place.js';
import { mayBeReference, referenceIn } from './reference.js';

/** The status codes that only answer conditional requests. */
const conditionalCodes = ['304', '412', '428'];

/** How the names of the fields of conditional requests and caching begin, misspelt ones included. */
const conditionalField = /^(?:if|range$|e[-_. ]?tag|last|cache-control$|vary$|expires$)/i;

/** What is known of the parts of one description so far. Many operations share them. */
export class KnownParts {
  /** Whether path items and responses may be conditional. */
  readonly verdicts = new Map<unknown, boolean>();
  readonly #targets = {
    'Response Object': new Map<string, unknown>(),
    'Parameter Object': new Map<string, unknown>(),
  };

  /**
   * An entry of a path item or an operation, or what its `$ref` leads to. A `$ref` is followed once, unless it leads nowhere: each of
   * those is reported.
   *
   * @param path the path of the list with the entry from the path item
   */
  settled(
    entry: unknown,
    pathItem: Place,
    path: Path,
    key: string,
    kind: 'Response Object' | 'Parameter Object',
  ): unknown {
    if (!mayBeReference(entry)) return entry;
    const reference = referenceIn(entry);
    if (reference === undefined) return pathItem.settled(entry, [...path, key], kind);
    const targets = this.#targets[kind];
    const target = targets.get(reference) ?? pathItem.settled(entry, [...path, key], kind);
    if (target !== undefined) targets.set(reference, target);
    return target;
  }
}

/**
 * Whether a path item may have anything to do with conditional requests. This quick check rules most paths of most descriptions out
 * before their operations are read. In doubt, such as behind an unusual `$ref`, the answer is yes.
 *
 * @param known what is known of the description that it is in
 */
export function mayBeConditional(pathItem: Place, known: KnownParts): boolean {
  // HEAD is conditional in itself: rules look at its responses whatever their headers.
  if (pathItem.isReference || pathItem.has('additionalOperations') || pathItem.has('head')) return true;
  const item = isObject(pathItem.value) ? pathItem.value : {};
  const verdict = known.verdicts.get(item) ?? hasConditionalPart(pathItem, item, known);
  known.verdicts.set(item, verdict);
  return verdict;
}

function isConditionalResponse(code: string, response: unknown, known: KnownParts): boolean {
  if (code === '$ref' || conditionalCodes.includes(code)) return true;
  if (!isObject(response)) return false;
  const verdict =
    known.verdicts.get(response) ??
    namesIn(response['headers']).some((name) => name === '$ref' || conditionalField.test(name));
  known.verdicts.set(response, verdict);
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
function hasConditionalPart(pathItem: Place, item: Readonly<Record<string, unknown>>, known: KnownParts): boolean {
  if (isConditionalPart(pathItem, [], item, known)) return true;
  return Object.keys(item).some((key) => isConditionalPart(pathItem, [key], item[key], known));
}

/** The same for a part: the path item itself, or what stands under one of its keys. */
function isConditionalPart(pathItem: Place, path: Path, part: unknown, known: KnownParts): boolean {
  if (!isObject(part)) return false;
  if (Object.hasOwn(part, '$ref')) return true;
  let isConditional = false;
  // All references are followed, whatever the answer, so that those that lead nowhere are reported.
  const responsesPath = [...path, 'responses'];
  for (const [code, entry] of membersOf(part['responses'])) {
    const response = known.settled(entry, pathItem, responsesPath, code, 'Response Object');
    // A PUT that creates may do so on condition that there is nothing yet.
    const creates = code === '201' && path[0] === 'put';
    isConditional ||= creates || isConditionalResponse(code, response, known);
  }
  const parametersPath = [...path, 'parameters'];
  for (const [key, entry] of membersOf(part['parameters'])) {
    const parameter = known.settled(entry, pathItem, parametersPath, key, 'Parameter Object');
    isConditional ||= key === '$ref' || isConditionalParameter(parameter);
  }
  return isConditional;
}
