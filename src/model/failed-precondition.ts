import { scalarText } from '../json.js';
import { isSameField } from './field-name.js';
import type { Field } from './field.js';
import type { Operation } from './operation.js';
import type { Response } from './response.js';

/** The preconditions with which a client asks whether the representation that it has is still current (RFC 9110 §13.1.2, §13.1.3). */
export const revalidators: readonly string[] = ['If-None-Match', 'If-Modified-Since'];

/** The preconditions that name the version that an update is based on (RFC 9110 §13.1.1, §13.1.4). */
export const updateGuards: readonly string[] = ['If-Match', 'If-Unmodified-Since'];

/**
 * Whether a request can carry any precondition. Other specifications define conditions of their own, such as WebDAV's `If`
 * (RFC 4918 §10.4), and a misspelt name was meant to be one.
 */
export function canCarryPrecondition({ parametersAreKnown, headerParameters }: Operation): boolean {
  return !parametersAreKnown || headerParameters.some(isCondition);
}

function isCondition({ name }: Field): boolean {
  return /^if(?:[-_A-Z]|$)/i.test(name);
}

/**
 * The 412 of an operation that retrieves, if it can only mean that If-None-Match or If-Modified-Since is false: the operation takes
 * no other condition, and nothing suggests another cause. RFC 9110 §13.1.2 has such a request answered with 304.
 */
export function failedRevalidation(operation: Operation): Response | undefined {
  const failure = operation.response('412');
  const isOther = (field: Field) =>
    isCondition(field) && ![...revalidators, 'If-Range'].some((name) => isSameField(name, field.name));
  const canOnlyRevalidate =
    failure !== undefined &&
    operation.retrieves &&
    operation.parametersAreKnown &&
    operation.takes(...revalidators) !== undefined &&
    !operation.headerParameters.some(isOther) &&
    !hasAnotherCause(operation, failure);
  return canOnlyRevalidate ? failure : undefined;
}

/** Whether an operation documents 412 for a false If-None-Match or If-Modified-Since, and no 304. */
export function documents412InsteadOf304(operation: Operation): boolean {
  return !operation.documentsNotModified && failedRevalidation(operation) !== undefined;
}

/** What shows that a clause is about validators, whatever else it says. */
const onValidators =
  /\b(?:if-none-match|if-modified-since|e-?tags?|entity[- ]tags?|unmodified|unchanged)\b|(?:\bnot|n['’]t) (?:been )?(?:modified|changed)\b/;

/** What separates the clauses of a description. */
const clauseSeparator = /[.,;:()\n]+|\b(?:or|and)\b/;

/** The words of clauses that only say that a precondition failed. */
const genericWords = new Set(
  [
    '412 http status code error response failure failed fails fail failing unsuccessful',
    'precondition preconditions pre-condition pre-conditions pre condition conditions conditional',
    'met satisfied valid fulfilled hold holds held true false evaluated evaluates tested checked completed',
    'request requested client server header headers field fields operation retrieval get head',
    'resource representation version entity content copy cached cache etag etags tag tags entity-tag entity-tags validator date value',
    'if-none-match if-modified-since modified unmodified changed unchanged modification change changes same identical equal equals',
    'match matches matched matching current latest last given specified provided supplied sent stored known returned returns',
    'a an the this that it its of in on to by for from with when where if and or as at because one more any none no not',
    'is are was were be been has have had does do did hasn haven doesn didn isn t already since than s',
  ].flatMap((line) => line.split(' ')),
);

/** The summary and description of a response, in lower case. */
function textOf({ place }: Response): string {
  return ['summary', 'description']
    .map((key) => scalarText(place.child(key).value).toLowerCase())
    .join(' ')
    .trim();
}

/** The 412 responses of operations that take no precondition: their Response Objects and their texts. */
type UnconditionalFailures = ReadonlySet<unknown>;

/** {@link UnconditionalFailures}, by the operations of a description. */
const unconditionalFailures = new WeakMap<readonly Operation[], UnconditionalFailures>();

/**
 * Whether a 412 has, or may have, another cause than a validator, such as a business rule. That is so if the description of the
 * response says more than that a precondition failed or that nothing has changed, if it names another header that the operation
 * takes, or if operations without preconditions document the same response.
 */
function hasAnotherCause({ inDescription, headerParameters }: Operation, failure: Response): boolean {
  const text = textOf(failure);
  const isGeneric = (clause: string) =>
    onValidators.test(clause) ||
    (clause.match(/[\p{L}\d]+(?:-[\p{L}\d]+)*/gu) ?? []).every((word) => genericWords.has(word));
  if (!text.split(clauseSeparator).every(isGeneric)) return true;
  const otherFields = headerParameters.filter(({ name }) => !/^if-/i.test(name));
  if (otherFields.some(({ name }) => text.includes(name.toLowerCase()))) return true;
  let others = unconditionalFailures.get(inDescription);
  if (others === undefined) {
    const unconditional = inDescription.filter((operation) => !canCarryPrecondition(operation));
    const failures = unconditional.flatMap((operation) => operation.response('412') ?? []);
    others = new Set(failures.flatMap((other) => [other.place.value, textOf(other) || undefined]));
    unconditionalFailures.set(inDescription, others);
  }
  return (failure.place.exists && others.has(failure.place.value)) || (text !== '' && others.has(text));
}
