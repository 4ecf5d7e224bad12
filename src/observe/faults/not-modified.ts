import { rfc9110 } from '../../guidelines/rfc9110.js';
import { repeatedFields, representationMetadata } from '../../rules/not-modified/content.js';
import { type Exchange, isSuccess, originalOf, retrieves, revalidates } from '../exchange.js';
import type { FaultRule } from '../fault-rule.js';

const content: FaultRule = {
  id: 'observed-not-modified-without-content',
  summary: 'A 304 of a server has no content.',
  rationale:
    'A 304 ends with its header section. A client takes the octets after it for the beginning of the next response on the connection, and gives the wrong answer to the next request, or none.',
  exceptions: 'Never: no HTTP message parser reads content from a 304.',
  cites: [rfc9110.defines('15.4.5')],
  recommended: 'error',
  fix: 'none',
  *faults({ status, content: seen, isWire }) {
    if (status === 304 && isWire && (seen?.length ?? 0) > 0)
      yield { expected: 'no content in a 304', seen: 'octets came after its header section' };
  },
};

const repeats: FaultRule = {
  id: 'observed-not-modified-repeats-fields',
  summary: 'A 304 of a server has the ETag, Cache-Control, Content-Location, Expires and Vary that its 200 has.',
  rationale:
    'A cache renews what it has stored from the header of the 304. Without Cache-Control or Expires it asks again at once; without Vary it may give one client the representation of another; without ETag it cannot tell which of its stored representations is current.',
  exceptions: 'Turn it off if a proxy in front of the server adds the fields, and is not what was observed.',
  cites: [rfc9110.must('15.4.5')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange, before) {
    if (exchange.status !== 304 || !retrieves(exchange)) return;
    const original = originalOf(exchange, before);
    for (const name of repeatedFields) {
      if (original?.response.has(name) === true && !exchange.response.has(name))
        yield { expected: `${name} in a 304`, seen: 'the 200 to the same request had it, and the 304 did not' };
    }
  },
};

const contentLength: FaultRule = {
  id: 'observed-not-modified-content-length',
  summary: 'A 304 of a server has no Content-Length, or that of the 200.',
  rationale:
    'A cache updates what it has stored from the header of the 304, Content-Length included. With a wrong one, it drops the representation or cuts it short.',
  exceptions: 'Never: caches drop what they have stored.',
  cites: [rfc9110.mustNot('8.6')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange, before) {
    const { status, response, isWire } = exchange;
    const length = response.get('Content-Length');
    if (status !== 304 || length === undefined || !isWire) return;
    const original = originalOf(exchange, before);
    const expected = original?.response.get('Content-Length') ?? knownLength(original);
    if (expected !== undefined && Number(length) !== Number(expected))
      yield { expected: 'no Content-Length in a 304, or that of the 200', seen: 'the 304 had another one' };
  },
};

/** How many octets the content of a response has, if all of it came. */
function knownLength(exchange: Exchange | undefined): number | undefined {
  return exchange?.content?.digest === undefined ? undefined : exchange.content.length;
}

const metadata: FaultRule = {
  id: 'observed-not-modified-no-representation-metadata',
  summary: 'A 304 of a server has no Content-Type, Content-Encoding, Content-Language or Content-Range.',
  rationale:
    'These fields describe content, and a 304 has none. A cache copies them to the representation that it has stored, and describes it wrongly if they differ.',
  exceptions: 'Turn it off if the server sends such a field to guide the update of caches.',
  cites: [rfc9110.shouldNot('15.4.5')],
  recommended: 'info',
  fix: 'none',
  *faults({ status, response, isWire }) {
    if (status !== 304 || !isWire) return;
    for (const name of representationMetadata)
      if (response.has(name))
        yield { expected: `no ${name} in a 304`, seen: 'it describes content, and a 304 has none' };
  },
};

const onlyWhenRetrieving: FaultRule = {
  id: 'observed-not-modified-only-when-retrieving',
  summary: 'A server answers 304 to GET and HEAD only.',
  rationale:
    'A 304 tells the client to use the representation that it has stored. After any other method it has asked for none, and a library that looks for one fails. If nothing had to change, answer 200 or 204; if a precondition failed, 412.',
  exceptions: 'If an API has long answered so and cannot change it, turn the rule off.',
  cites: [rfc9110.must('13.1.2'), rfc9110.defines('15.4.5', 'implies')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange) {
    if (exchange.status === 304 && !retrieves(exchange) && exchange.method !== 'QUERY')
      yield { expected: '412 or a success', seen: `it answered 304 to ${exchange.method}` };
  },
};

const asked: FaultRule = {
  id: 'observed-not-modified-asked-for',
  summary: 'A server answers 304 only to conditional requests.',
  rationale:
    'A client that has sent no condition may have nothing stored. It gets neither the representation nor an error.',
  exceptions: 'Never: such a client cannot get the representation at all.',
  cites: [rfc9110.defines('15.4.5')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange) {
    if (exchange.status === 304 && exchange.isWire && !revalidates(exchange))
      yield { expected: '200', seen: 'the request had no condition, and it answered 304' };
  },
};

const headFields: FaultRule = {
  id: 'observed-head-repeats-validators',
  summary: 'A server sends the validators to HEAD that it sends to GET.',
  rationale: 'Clients use HEAD mainly to compare the validator with the one that they have stored.',
  exceptions: 'Turn it off if the server computes the validator from the content, and makes no content for HEAD.',
  cites: [rfc9110.should('9.3.2')],
  recommended: 'warn',
  fix: 'none',
  *faults(exchange, before) {
    if (exchange.method !== 'HEAD' || !isSuccess(exchange)) return;
    const original = originalOf(exchange, before);
    for (const name of ['ETag', 'Last-Modified']) {
      if (original?.response.has(name) === true && !exchange.response.has(name))
        yield { expected: `${name} in the answer to HEAD`, seen: 'the answer to GET has it' };
    }
  },
};

const headContent: FaultRule = {
  id: 'observed-head-without-content',
  summary: 'An answer of a server to HEAD has no content.',
  rationale:
    'An answer to HEAD ends with its header section. A client takes the octets after it for the beginning of the next response on the connection.',
  exceptions: 'Never: no HTTP message parser reads content from an answer to HEAD.',
  cites: [rfc9110.mustNot('9.3.2')],
  recommended: 'error',
  fix: 'none',
  *faults({ method, status, content: seen, isWire }) {
    if (method === 'HEAD' && status !== 304 && isWire && (seen?.length ?? 0) > 0)
      yield { expected: 'no content in the answer to HEAD', seen: 'octets came after its header section' };
  },
};

/** The rules on the 304s of servers, and on their answers to HEAD. */
export const notModifiedFaults: readonly FaultRule[] = [
  content,
  repeats,
  contentLength,
  metadata,
  onlyWhenRetrieving,
  asked,
  headFields,
  headContent,
];
