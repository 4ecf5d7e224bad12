import { rfc9110 } from '../../guidelines/rfc9110.js';
import { isOneOfFields } from '../../model/field-name.js';
import type { Operation } from '../../model/operation.js';
import { absent, type Obligation, present } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { copyOfHeader } from '../definition.js';

/** The fields of a 200 that a 304 to the same request repeats (RFC 9110 §15.4.5), except Date, which descriptions leave out. */
export const repeatedFields: readonly string[] = ['ETag', 'Cache-Control', 'Content-Location', 'Expires', 'Vary'];

/** The fields that describe content, which a 304 does not have. */
export const representationMetadata: readonly string[] = [
  'Content-Type',
  'Content-Encoding',
  'Content-Language',
  'Content-Range',
];

const noContent: Rule = {
  id: 'not-modified-no-content',
  summary: 'A 304 response has no content.',
  rationale:
    'A 304 ends with its header section. A client reads any bytes after it as the beginning of the next response on the connection. ' +
    'The client uses the representation that it has stored. A client generated from a description in which a 304 has a body waits for content that never comes, or fails to parse it.',
  exceptions: 'Never: no HTTP message parser reads content from a 304.',
  cites: [rfc9110.defines('15.4.5')],
  recommended: 'error',
  fix: 'safe',
  topic: 304,
  *obligations({ notModified }) {
    for (const content of notModified?.contents ?? []) {
      yield absent(content, { noun: 'content', part: '304 response', because: 'a 304 ends with its header section' });
    }
  },
};

/** The obligation that a 304 declares a field that the 200 of the same operation declares. */
function* repeats(operation: Operation, name: string, on?: string): Generator<Obligation> {
  const { notModified } = operation;
  if (!operation.retrieves || notModified === undefined || notModified.place.lost) return;
  // In OpenAPI, a code takes precedence over its range.
  const original = (operation.response('200') ?? operation.response('2XX'))?.header(name);
  if (original === undefined || notModified.header(name) !== undefined) return;
  const place = notModified.place.child('headers').child(original.name);
  yield present(place, () => copyOfHeader(original, place, operation.version), {
    noun: original.name,
    part: '304 response',
    because: 'a 304 repeats it where the 200 would have had it',
    cause: original,
    ...(on && { on }),
  });
}

const repeatsEtag: Rule = {
  id: 'not-modified-repeats-etag',
  summary: 'A 304 response declares ETag where the 200 response of the operation does.',
  rationale:
    'A server has to send in a 304 the ETag that it would have sent in the 200. A client may have listed several entity-tags in If-None-Match; the ETag tells it which of its stored representations is current.',
  exceptions: 'Turn it off if your descriptions mention 304 without its headers on purpose.',
  cites: [rfc9110.must('15.4.5', 'implies')],
  recommended: 'info',
  fix: 'safe',
  topic: 'field',
  *obligations(operation) {
    yield* repeats(operation, 'ETag');
  },
};

const repeatedBesideEtag = repeatedFields.filter((name) => name !== 'ETag');

const repeatsCacheFields: Rule = {
  id: 'not-modified-repeats-cache-fields',
  summary:
    'A 304 response declares Cache-Control, Content-Location, Expires and Vary where the 200 response of the operation does.',
  rationale:
    'A cache renews the lifetime of a stored response from the header of the 304. Without Cache-Control or Expires it keeps the expired lifetime, and asks again at once. ' +
    'If the 200 would have had these fields, a server has to send them in the 304, so the description can promise them too.',
  exceptions: 'Turn it off if your descriptions mention 304 without its headers on purpose.',
  cites: [rfc9110.must('15.4.5', 'suggests')],
  aspects: repeatedBesideEtag,
  fix: 'safe',
  topic: 304,
  *obligations(operation) {
    for (const name of repeatedBesideEtag) yield* repeats(operation, name, name);
  },
};

const noRepresentationMetadata: Rule = {
  id: 'not-modified-no-representation-metadata',
  summary: 'A 304 response declares no Content-Type, Content-Encoding, Content-Language or Content-Range.',
  rationale:
    'These fields describe content, and a 304 has none. A cache that updates its stored response from the header of the 304 takes them over, and from then on describes what it has stored wrongly.',
  exceptions: 'Turn it off if your servers do send such a field to guide the update of caches.',
  cites: [rfc9110.shouldNot('15.4.5')],
  recommended: 'warn',
  fix: 'safe',
  topic: 304,
  *obligations({ notModified }) {
    for (const { name, entry } of notModified?.headers ?? []) {
      if (!isOneOfFields(representationMetadata, name)) continue;
      yield absent(entry, { noun: name, part: '304 response', because: 'it describes content, and a 304 has none' });
    }
  },
};

/** The rules on what a 304 contains: no content, and some fields of the 200. */
export const contentRules = { noContent, repeatsEtag, repeatsCacheFields, noRepresentationMetadata };
