import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../src/catalogue.js';
import { Description } from '../src/contract/description.js';
import { check } from '../src/rule.js';
import { read } from './files.js';
import { inMemory } from './in-memory.js';

test('what each rule says of its violation', () => {
  const messages = catalogue.map((rule) => {
    const { root, reader } = inMemory(parse(read(`examples/${rule.id}/violation.yaml`)));
    const findings = check(rule, new Description(root, reader));
    return findings.map(({ message }) => `${rule.id}: ${message}`).join('\n');
  });
  expect(messages).toMatchInlineSnapshot(`
    [
      "not-modified-documented: Expected a 304 response on GET /orders/{orderId}: its 200 response declares ETag (Zalando, Atlassian, Haufe, RFC 9110 §15.4.5).",
      "not-modified-documented-on-head: Expected a 304 response on HEAD /orders/{orderId}: its 200 response declares ETag (Zalando, RFC 9110 §15.4.5).",
      "not-modified-answers-precondition: Expected a 304 response on GET /orders/{orderId}: it takes If-None-Match (RFC 9110 §13.1.2, Atlassian, Haufe, Zalando).",
      "not-modified-no-content: Expected no content in the 304 response of GET /orders/{orderId}: a 304 ends with its header section (RFC 9110 §15.4.5, Atlassian, Haufe, Zalando).",
      "not-modified-repeats-etag: Expected ETag in the 304 response of GET /orders/{orderId}: a 304 repeats it where the 200 would have had it (RFC 9110 §15.4.5).",
      "not-modified-repeats-cache-fields: Expected Cache-Control in the 304 response of GET /orders/{orderId}: a 304 repeats it where the 200 would have had it (RFC 9110 §15.4.5).",
      "not-modified-only-when-retrieving: Expected no 304 response on POST /orders/{orderId}/cancellation: 304 only answers a conditional GET or HEAD; where nothing had to change, answer 204 or 200, and where a precondition failed, 412 (RFC 9110 §13.1.2, RFC 9110 §15.4.5, Zalando, Haufe).",
      "not-modified-reachable: Unreachable 304 response on GET /orders/{orderId}: no success response declares ETag or Last-Modified, and it takes neither If-None-Match nor If-Modified-Since (RFC 9110 §15.4.5).",
      "not-modified-no-representation-metadata: Expected no Content-Type in the 304 response of GET /orders/{orderId}: it describes content, which a 304 has none of (RFC 9110 §15.4.5).",
      "not-modified-storable: Expected no no-store in the Cache-Control header of GET /orders/{orderId}: what no cache may store cannot be validated later; no-cache has it checked before each use (RFC 9111 §5.2.2.5).",
      "precondition-documented: Expected an If-None-Match parameter on GET /orders/{orderId}: its 200 response declares ETag (Atlassian, Haufe, Zalando).",
      "precondition-optional: Expected no \`required: true\` in the If-None-Match parameter of GET /orders/{orderId}: a first request has no validator to send (RFC 9110 §13.1.2, RFC 9110 §13.1.3).",
      "precondition-spelling: Expected name If-Match instead of If_Match in the parameter of PUT /orders/{orderId}: under another name it is ignored (RFC 9110 §5.1).",
      "precondition-failed-documented: Expected a 412 response on PUT /orders/{orderId}: it takes If-Match (Atlassian, RFC 9110 §13.1.1).",
      "precondition-failed-has-precondition: Unexplained 412 response on PUT /orders/{orderId}: it takes none of If-Match, If-None-Match and If-Unmodified-Since, whose failure the code reports (RFC 9110 §15.5.13).",
      "precondition-failed-not-when-revalidating: Expected no 412 response on GET /orders/{orderId}: to a retrieval, a false If-None-Match is answered 304 (RFC 9110 §13.1.2, Zalando).",
      "precondition-required-documented: Expected a 428 response on PUT /orders/{orderId}: it requires If-Match (RFC 6585 §3).",
      "precondition-required-has-precondition: Unexplained 428 response on PUT /orders/{orderId}: it takes no precondition that a client could be told to send, such as If-Match (RFC 6585 §3, Zalando).",
      "precondition-obtainable: Expected ETag on a response of /orders/{orderId}: PUT takes If-Match, for which a client needs an entity-tag (RFC 9110 §13.1.1, Atlassian, Zalando).",
      "precondition-guards-update: Expected an If-Match parameter on PUT /orders/{orderId}: the GET on its path declares ETag (Atlassian, Zalando).",
      "precondition-heeded: Expected no If-Modified-Since parameter on PUT /orders/{orderId}: servers have to ignore it but on GET and HEAD; If-Unmodified-Since or If-Match guards an update (RFC 9110 §13.1.3).",
      "precondition-range: Expected no If-Range parameter on GET /orders/{orderId}/invoice: it means nothing without Range, which the operation does not take (RFC 9110 §13.1.5, RFC 9110 §14.2).",
      "entity-tag-schema: Expected type string instead of integer in the ETag header of GET /orders/{orderId}: an entity-tag is a string, quotation marks included (RFC 9110 §8.8.3).",
      "entity-tag-single: Expected no type array in the ETag header of GET /orders/{orderId}: it is one entity-tag (RFC 9110 §8.8.3).",
      "entity-tag-example: Expected entity-tag "33a6" instead of 33a6 in the ETag header of GET /orders/{orderId}: an entity-tag is quoted, perhaps after W/, and has no spaces in it (RFC 9110 §8.8.3).",
      "http-date-schema: Expected format http-date instead of date-time in the Last-Modified header of GET /orders/{orderId}: HTTP does not write dates as RFC 3339 does (RFC 9110 §5.6.7).",
      "http-date-example: Expected HTTP-date Tue, 15 Nov 1994 08:12:31 GMT instead of 1994-11-15T08:12:31Z in the Last-Modified header of GET /orders/{orderId}: HTTP writes dates as in "Tue, 15 Nov 1994 08:12:31 GMT" (RFC 9110 §5.6.7).",
      "cacheable-declares-fields: Expected Vary in the 200 response of GET /orders/{orderId}: what may be cached declares Cache-Control, Vary and ETag (Zalando).",
      "cacheable-without-expires: Expected no Expires in the 200 response of GET /orders/totals: Cache-Control with max-age says it (Zalando).",
      "head-repeats-validators: Expected ETag in the 200 response of HEAD /orders/{orderId}: the GET on its path declares it (RFC 9110 §9.3.2, Zalando).",
    ]
  `);
});

test.each([
  [
    'entity-tag-schema',
    'ETag',
    { type: 'string', format: 'uuid' },
    'Expected no format uuid in the ETag header of GET /a: an entity-tag has quotation marks around it, for which the format has no room (RFC 9110 §8.8.3).',
  ],
  [
    'http-date-schema',
    'Last-Modified',
    { type: 'integer' },
    'Expected type string instead of integer in the Last-Modified header of GET /a: an HTTP-date is a string (RFC 9110 §5.6.7).',
  ],
])('what %s says of another one', (id, name, schema, message) => {
  const responses = { 200: { description: 'ok', headers: { [name]: { schema } } } };
  const { root, reader } = inMemory({ openapi: '3.1.2', paths: { '/a': { get: { responses } } } });
  const findings = catalogue
    .filter((rule) => rule.id === id)
    .flatMap((rule) => check(rule, new Description(root, reader)));
  expect(findings.map((finding) => finding.message)).toEqual([message]);
});
