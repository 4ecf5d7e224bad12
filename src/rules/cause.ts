import { scalarText } from '../json.js';
import type { Operation } from '../model/operation.js';
import type { Response } from '../model/response.js';

/** A clause that is about the validators of a representation, whatever that is called. */
const onValidators =
  /\b(?:if-none-match|if-modified-since|e-?tags?|entity[- ]tags?|unmodified|unchanged)\b|(?:\bnot|n['’]t) (?:been )?(?:modified|changed)\b/;

/** What divides the clauses of a description. */
const between = /[.,;:()\n]+|\b(?:or|and)\b/;

/** The words of a clause that only says that a precondition failed. */
const words = new Set(
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

/** What an operation says of a response, as words without case. */
function textAbout({ place }: Response): string {
  return ['summary', 'description']
    .map((key) => scalarText(place.child(key).value).toLowerCase())
    .join(' ')
    .trim();
}

/** The responses under a code that operations without any precondition document, too: the objects, and what they say. */
type Elsewhere = ReadonlySet<unknown>;

/** {@link Elsewhere}, by the operations of a description. */
const elsewhere = new WeakMap<readonly Operation[], Elsewhere>();

/**
 * Whether a 412 is, or may be, about something else than the validators of a representation: a field or rule of the API's own. It is
 * where the description of the response says more than that a precondition failed, or that nothing has changed; where it names
 * another header that the operation takes; and where operations that take no precondition document the same.
 *
 * @param canCarryPrecondition whether a request of an operation can carry a precondition
 */
export function hasAnotherCause(
  { inDescription, headerParameters }: Operation,
  failure: Response,
  canCarryPrecondition: (operation: Operation) => boolean,
): boolean {
  const text = textAbout(failure);
  const isOnValidators = (clause: string) =>
    onValidators.test(clause) || (clause.match(/[\p{L}\d]+(?:-[\p{L}\d]+)*/gu) ?? []).every((word) => words.has(word));
  if (!text.split(between).every(isOnValidators)) return true;
  const otherFields = headerParameters.filter(({ name }) => !/^if-/i.test(name));
  if (otherFields.some(({ name }) => text.includes(name.toLowerCase()))) return true;
  let others = elsewhere.get(inDescription);
  if (others === undefined) {
    const unconditional = inDescription.filter((operation) => !canCarryPrecondition(operation));
    const failures = unconditional.flatMap((operation) => operation.response('412') ?? []);
    others = new Set(failures.flatMap((other) => [other.place.value, textAbout(other) || undefined]));
    elsewhere.set(inDescription, others);
  }
  return (failure.place.exists && others.has(failure.place.value)) || (text !== '' && others.has(text));
}
