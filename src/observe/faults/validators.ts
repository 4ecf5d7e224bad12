import { rfc9110 } from '../../guidelines/rfc9110.js';
import { isSuccess, originalOf } from '../exchange.js';
import type { FaultRule } from '../fault-rule.js';
import { isEntityTag, isWeakTag, opaqueOf, timeOf } from '../validators.js';

const entityTagWellFormed: FaultRule = {
  id: 'observed-entity-tag-syntax',
  summary: 'A server sends an ETag that is an entity-tag.',
  rationale:
    'An entity-tag has quotation marks around it. A cache or a client library that checks the syntax drops any other value, and then has nothing to ask with.',
  exceptions: 'Never: clients that keep to the syntax cannot use the value.',
  cites: [rfc9110.must('8.8.3')],
  recommended: 'error',
  fix: 'none',
  *faults({ response }) {
    const tag = response.get('ETag');
    if (tag !== undefined && !isEntityTag(tag))
      yield {
        expected: 'an entity-tag in ETag',
        seen: 'what it sent lacks the quotation marks, or is not a single entity-tag',
      };
  },
};

const datesWellFormed: FaultRule = {
  id: 'observed-http-date-syntax',
  summary: 'A server sends a Date and a Last-Modified that are HTTP-dates.',
  rationale:
    'There is one form in which HTTP writes dates. A client that cannot read Last-Modified cannot send it back, and a cache that cannot read Date cannot tell the age of a response.',
  exceptions: 'Never: clients that keep to the syntax cannot use the value.',
  cites: [rfc9110.must('5.6.7')],
  recommended: 'error',
  fix: 'none',
  *faults({ response }) {
    for (const name of ['Last-Modified', 'Date']) {
      const date = response.get(name);
      if (date !== undefined && timeOf(date) === undefined)
        yield {
          expected: `an HTTP-date in ${name}`,
          seen: 'what it sent has another form, or names a day that does not exist',
        };
    }
  },
};

const notInFuture: FaultRule = {
  id: 'observed-last-modified-in-past',
  summary: 'A server sends no Last-Modified that is later than Date.',
  rationale:
    'A date in the future cannot be the date of the last change. A change before that date leaves it as it is, and a client that asks with it is told that nothing has changed.',
  exceptions: 'Turn it off while a clock is known to be wrong.',
  cites: [rfc9110.mustNot('8.8.2.1')],
  recommended: 'error',
  fix: 'none',
  *faults({ response }) {
    const [modified, sent] = [timeOf(response.get('Last-Modified')), timeOf(response.get('Date'))];
    if (modified !== undefined && sent !== undefined && modified > sent)
      yield { expected: 'a Last-Modified that is not later than Date', seen: 'it named a time in the future' };
  },
};

const stable: FaultRule = {
  id: 'observed-entity-tag-stable',
  summary: 'A server sends the same ETag as long as the content stays the same.',
  rationale:
    'An entity-tag that changes with each answer is never current when it is sent back. Every client that revalidates pays for the condition, and gets the whole representation all the same. ' +
    'Often the tag is computed from a time of day, or each server behind a load balancer has its own.',
  exceptions: 'Turn it off for resources whose versions change without a change of the content.',
  cites: [rfc9110.should('8.8.3.1', 'implies')],
  recommended: 'warn',
  fix: 'none',
  *faults(exchange, before) {
    const { method, status, response, content } = exchange;
    const tag = response.get('ETag');
    if (method !== 'GET' || status !== 200 || tag === undefined || content?.digest === undefined) return;
    const same = originalOf(exchange, before);
    const earlier = same?.response.get('ETag');
    if (same === undefined || earlier === undefined || same.content?.digest !== content.digest) return;
    if (same.response.get('Content-Encoding') !== response.get('Content-Encoding')) return;
    if (opaqueOf(tag) !== opaqueOf(earlier))
      yield { expected: 'the same ETag', seen: 'two equal requests gave the same content under two entity-tags' };
  },
};

const distinct: FaultRule = {
  id: 'observed-entity-tag-distinct',
  summary: 'A server never sends the same strong ETag with different contents, or with and without a content coding.',
  rationale:
    'A strong entity-tag says that two contents are the same octet for octet. A cache combines parts of both if they have the same one: a download that was resumed ends half compressed.',
  exceptions: 'Never: if the contents are equivalent but not equal, make the entity-tag weak.',
  cites: [rfc9110.defines('8.8.1'), rfc9110.defines('8.8.3.3')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange, before) {
    const { method, status, response, content, isWire } = exchange;
    const tag = response.get('ETag');
    if (method !== 'GET' || status !== 200 || tag === undefined || !isEntityTag(tag) || isWeakTag(tag)) return;
    for (const other of before) {
      if (other.status !== 200 || other.response.get('ETag') !== tag) continue;
      if (other.response.get('Content-Encoding') !== response.get('Content-Encoding'))
        yield { expected: 'another ETag', seen: 'it sent the same strong one with and without a content coding' };
      else if (isWire && content?.digest !== undefined && isOther(other.content?.digest, content.digest))
        yield { expected: 'another ETag', seen: 'it sent the same strong one with other content' };
    }
  },
};

function isOther(one: string | undefined, other: string): boolean {
  return one !== undefined && one !== other;
}

const varies: FaultRule = {
  id: 'observed-vary-names-choice',
  summary: 'A server whose answer depends on Accept, Accept-Encoding or Accept-Language names that field in Vary.',
  rationale:
    'A cache gives what it has stored for a URL to everyone, except where Vary names a field in which the requests differ. Without it, a client gets a coding that it cannot undo, or a language that it did not ask for.',
  exceptions: 'Turn it off if no cache may store these responses.',
  cites: [rfc9110.should('12.5.5')],
  recommended: 'warn',
  fix: 'none',
  *faults(exchange, before) {
    if (exchange.method !== 'GET' || !isSuccess(exchange)) return;
    for (const [asked, answered] of choices) {
      const other = before.find(
        (one) =>
          valueOf(one.request.get(asked)) !== valueOf(exchange.request.get(asked)) &&
          valueOf(one.response.get(answered)) !== valueOf(exchange.response.get(answered)) &&
          !(namesIn(one.response.get('Vary'), asked) && namesIn(exchange.response.get('Vary'), asked)),
      );
      if (other !== undefined)
        yield { expected: `Vary: ${asked}`, seen: `${answered} differed with ${asked}, and not all answers said so` };
    }
  },
};

/** The fields of requests that may choose a representation, and the fields of responses that show it (RFC 9110 §12.5). */
const choices = [
  ['Accept-Encoding', 'Content-Encoding'],
  ['Accept', 'Content-Type'],
  ['Accept-Language', 'Content-Language'],
] as const;

/** A value without parameters, such as the charset of a media type. */
function valueOf(text = ''): string {
  return text.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whether a Vary field names a field, or all of them. */
function namesIn(vary: string | undefined, name: string): boolean {
  const names = (vary ?? '').split(',').map((one) => one.trim().toLowerCase());
  return names.includes('*') || names.includes(name.toLowerCase());
}

/** The rules on the validators of servers, and on what they are valid for. */
export const validatorFaults: readonly FaultRule[] = [
  entityTagWellFormed,
  datesWellFormed,
  notInFuture,
  stable,
  distinct,
  varies,
];
