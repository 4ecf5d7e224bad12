import { entityTagGrammar, entityTagListGrammar, isWeak } from '../grammar/entity-tag.js';
import { httpDateGrammar } from '../grammar/http-date.js';
import type { Json } from '../json.js';
import { isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import { reasonPhrases } from '../model/reason-phrase.js';
import {
  CommonMembers,
  commonIn,
  type Counterpart,
  counterpartsOf,
  descriptionFrom,
  keyOfField,
  type Members,
  nameOf,
  nameOfResponse,
} from './counterparts.js';
import {
  canBeCopied,
  isHeaderAnywhere,
  sharedHeader,
  sharedParameter,
  sharedResponse,
  stringHeader,
} from './definition.js';
import { isValidHeader, isValidParameter, isValidResponse } from './well-formed.js';

/** The fields whose values are dates. */
const dates = ['Last-Modified', 'Expires', 'If-Modified-Since', 'If-Unmodified-Since'];

/**
 * An optional request header for an operation, like those that the description has: a `$ref` to a shared one, or a copy of another
 * definition of the header, or else a new one with what the neighbours have in common.
 *
 * @param cause the field that causes the addition, from which a date takes its format
 */
export function newParameter(operation: Operation, name: string, cause?: Field): Json {
  const shared = sharedParameter(operation, name);
  if (shared !== undefined) return shared;
  const counterparts = counterpartsOf(operation, keyOfField({ role: 'parameter', name }));
  const original = copyable(counterparts, operation.place, (place) => isValidParameter(place, operation.version));
  const { description: _, required, ...copy } = original?.value ?? {};
  const description = descriptionFrom(counterparts, operation);
  const headers = new CommonMembers(operation.headerParameters.map(({ place, name: other }) => [place, other]));
  const neighbours = [
    headers,
    new CommonMembers(operation.parameters.map(({ target }) => [target, nameOf(target)])),
    commonIn(operation, 'header parameter'),
    commonIn(operation, 'parameter'),
  ];
  const isSaid = original === undefined ? optionalIn(neighbours) : required !== undefined && required !== true;
  const kind = commonIn(operation, 'header parameter').size > 1 ? 'header parameter' : 'parameter';
  const members = {
    name: counterparts[0]?.field?.name ?? name,
    in: 'header',
    ...(description !== undefined && { description }),
    ...((isSaid || (required === true && optionalIn(neighbours))) && { required: false }),
    ...(original === undefined
      ? { ...commonIn(operation, kind).extensions, ...(stringField(operation, name, cause) as object) }
      : copy),
  };
  return inOrderOf(original?.value ?? neighbours.find(({ first }) => first)?.first, members);
}

function optionalIn(neighbours: readonly CommonMembers[]): boolean {
  return neighbours.find(({ saysOptional }) => saysOptional !== undefined)?.saysOptional === true;
}

/**
 * A header for a response, like those that the description has: see {@link newParameter}.
 *
 * @param to where it is added
 */
export function newHeader(operation: Operation, name: string, to: Place, cause?: Field): Json {
  const shared = sharedHeader(operation, name, to);
  if (shared !== undefined) return shared;
  const counterparts = counterpartsOf(operation, keyOfField({ role: 'header', name }));
  const original = copyable(counterparts, to, (place) => isValidHeader(place, operation.version));
  const description = descriptionFrom(counterparts, operation);
  const { description: _, ...copy } = original?.value ?? {};
  const all = commonIn(operation, 'header');
  const members = {
    ...(description !== undefined && { description }),
    ...(original === undefined ? { ...(stringField(operation, name, cause) as object), ...all.extensions } : copy),
  };
  return inOrderOf(original?.value ?? all.first, members);
}

/**
 * A response to a condition, like those that the description has: a `$ref` to a shared one, or else one with the description that
 * others under the code have, and the extensions that the neighbours have in common.
 *
 * @param code 412 or 428
 */
export function newFailure(operation: Operation, code: '412' | '428'): Json {
  const shared = sharedResponse(operation, code);
  if (shared !== undefined) return shared;
  const counterparts = counterpartsOf(operation, code);
  const original = counterparts.find(({ place }) => responseCanBeCopied(place, operation));
  return newResponse(operation, code, original?.value ?? {});
}

/** Whether a response means the same in an operation, and each of its headers may stand in any response. */
function responseCanBeCopied(place: Place, { place: to, version }: Operation): boolean {
  const headers = place.child('headers').entries();
  const areRight = headers.every(([, entry]) => isHeaderAnywhere(entry, version));
  return areRight && isValidResponse(place, version) && canBeCopied(place, to);
}

/** A response with some members, a description, and the extensions that the neighbours have in common: see {@link newFailure}. */
export function newResponse(operation: Operation, code: string, members: Members): Json {
  const counterparts = counterpartsOf(operation, code);
  const siblings = new CommonMembers(operation.responses.map((other) => [other.place, nameOfResponse(other)]));
  const same = new CommonMembers(counterparts.map(({ place }) => [place, code]));
  const neighbours = siblings.size > 1 ? siblings : commonIn(operation, 'response');
  const isCopy = Object.keys(members).some((key) => key !== 'headers');
  return inOrderOf(counterparts[0]?.value ?? siblings.first, {
    description: descriptionFrom(counterparts, operation) ?? reasonPhrases[code],
    ...(isCopy ? {} : same.size > 0 ? same.extensionsOfAll : neighbours.extensions),
    ...Object.fromEntries(Object.entries(members).filter(([key]) => key !== 'description')),
  });
}

/** The first counterpart that can be copied to a place, and whose schema and examples are right for the field. */
function copyable(
  counterparts: readonly Counterpart[],
  to: Place,
  isWellFormed: (place: Place) => boolean,
): Counterpart | undefined {
  return counterparts.find(
    ({ place, field }) => field !== undefined && isRight(field) && isWellFormed(place) && canBeCopied(place, to),
  );
}

/** Whether the definition of a field allows its values, and shows only valid ones. */
function isRight(field: Field): boolean {
  const isDate = dates.some((name) => isSameField(name, field.name));
  const schemasAreRight = field.schemas.every(({ place, isItem }) => {
    const [type, format] = [place.own('type').value, place.own('format').value];
    const formatIsRight = isDate ? !isDateOfOtherForm(format) : format === undefined;
    return !isItem && formatIsRight && (type === undefined || [type].flat().includes('string'));
  });
  return schemasAreRight && field.values.every(({ value }) => valueIsRight(field, value, isDate));
}

function valueIsRight(field: Field, value: unknown, isDate: boolean): boolean {
  if (isDate) return httpDateGrammar([]).accepts(value);
  if (isSameField(field.name, 'ETag')) return entityTagGrammar(field.mayPercentEncode).accepts(value);
  const isCondition = ['If-Match', 'If-None-Match'].some((name) => isSameField(name, field.name));
  const isMatchable = !isSameField(field.name, 'If-Match') || !isWeak(value, field.mayPercentEncode);
  // What else has examples, such as Cache-Control, has them for its own resource.
  return isCondition && isMatchable && entityTagListGrammar(field.mayPercentEncode).accepts(value);
}

/** Whether a format is one of RFC 3339, in which HTTP does not write dates. */
function isDateOfOtherForm(format: unknown): boolean {
  return typeof format === 'string' && /^date(?:[-_ ]?time)?$/i.test(format);
}

/**
 * The definition of a string field. A date has the format that other dates of the operation, or of the description, have. If those have
 * one in which HTTP does not write dates, it has the right one.
 */
function stringField(operation: Operation, name: string, cause: Field | undefined): Json {
  if (!dates.some((date) => isSameField(date, name))) return stringHeader(operation.version);
  const others = dates.flatMap((date) => [
    ...counterpartsOf(operation, keyOfField({ role: 'header', name: date })),
    ...counterpartsOf(operation, keyOfField({ role: 'parameter', name: date })),
  ]);
  const fields = [cause, ...others.map(({ field }) => field)].filter((field) => field !== undefined);
  const formats = fields.flatMap(({ schemas }) => schemas.map(({ place }) => place.own('format').value));
  const right = formats.find((format) => typeof format === 'string' && !isDateOfOtherForm(format));
  const format = right ?? (formats.includes('date-time') || formats.includes('date') ? 'http-date' : undefined);
  return stringHeader(operation.version, format as string | undefined);
}

/** The members in the order in which a similar object has them; one that it does not have follows the member that it followed. */
function inOrderOf(similar: Members | undefined, members: Members): Json {
  const order = Object.keys(similar ?? {});
  let rank = -1;
  const ranked = Object.entries(members).map(([key, value]): [number, string, unknown] => {
    rank = order.includes(key) ? order.indexOf(key) : rank;
    return [rank, key, value];
  });
  const sorted = ranked.toSorted(([one], [other]) => one - other);
  return Object.fromEntries(sorted.map(([, key, value]) => [key, value])) as Json;
}
