import { rfc9110 } from '../../guidelines/rfc9110.js';
import { type Exchange, isSuccess, retrieves, revalidates } from '../exchange.js';
import type { FaultRule } from '../fault-rule.js';
import { entityTagsIn, foreignTag, isEntityTag, matchesWeakly, timeOf } from '../validators.js';

/** The If-None-Match of a GET or HEAD that was answered with the representation. */
interface UnansweredCondition {
  readonly named: readonly string[];
  readonly isAny: boolean;
  /** The entity-tag in the answer. */
  readonly current: string | undefined;
}

/**
 * The If-None-Match of a retrieval that was answered with a success. The answer itself tells which entity-tag is current, so that a
 * change between two requests cannot be taken for a fault.
 */
function unansweredIn(exchange: Exchange): UnansweredCondition | undefined {
  const condition = exchange.request.get('If-None-Match');
  if (!retrieves(exchange) || !isSuccess(exchange) || condition === undefined || !exchange.isWire) return undefined;
  const current = exchange.response.get('ETag');
  return {
    named: entityTagsIn(condition),
    isAny: condition === '*',
    current: current !== undefined && isEntityTag(current) ? current : undefined,
  };
}

const ifNoneMatch: FaultRule = {
  id: 'observed-if-none-match-heeded',
  summary: 'A server answers 304 to a GET or HEAD whose If-None-Match is its current ETag.',
  rationale:
    'That is what the entity-tag is for. If the server sends the representation again, the client has paid for the condition and saves nothing.',
  exceptions:
    'Turn it off if entity-tags only guard updates (If-Match), and the server is known to evaluate nothing else.',
  cites: [rfc9110.must('13.1.2'), rfc9110.must('13.2.1')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange) {
    const { named = [], current } = unansweredIn(exchange) ?? {};
    if (current !== undefined && named.length === 1 && named[0] === current)
      yield {
        expected: exchange.method === 'HEAD' ? '304 to HEAD' : '304',
        seen: 'If-None-Match was its current ETag, and it answered with a success',
      };
  },
};

const listed: FaultRule = {
  id: 'observed-if-none-match-list',
  summary: 'A server answers 304 to an If-None-Match that lists its current ETag among others.',
  rationale:
    'A cache that has stored several representations asks with all their entity-tags at once. A server that compares the whole field with its own never finds them.',
  exceptions: 'Turn it off if no cache between the server and its clients stores several representations of one URL.',
  cites: [rfc9110.must('13.1.2')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange) {
    const { named = [], current } = unansweredIn(exchange) ?? {};
    if (current !== undefined && named.length > 1 && named.includes(current))
      yield {
        expected: '304',
        seen: 'If-None-Match listed its current ETag beside another, and it sent the representation',
      };
  },
};

const weakly: FaultRule = {
  id: 'observed-if-none-match-weak',
  summary: 'A server compares If-None-Match weakly: `W/"1"` matches `"1"`.',
  rationale:
    'A proxy that compresses makes a strong entity-tag weak. When the client sends it back, a server that compares strongly takes it for another one, and 304 never happens behind that proxy.',
  exceptions: 'Turn it off if no proxy between the server and its clients changes content.',
  cites: [rfc9110.must('13.1.2'), rfc9110.defines('8.8.3.2', 'implies')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange) {
    const { named = [], current } = unansweredIn(exchange) ?? {};
    if (current !== undefined && !named.includes(current) && named.some((tag) => matchesWeakly(tag, current)))
      yield {
        expected: '304',
        seen: 'If-None-Match differed from its current ETag only in `W/`, and it sent the representation',
      };
  },
};

const any: FaultRule = {
  id: 'observed-if-none-match-any',
  summary: 'A server answers 304 to a GET or HEAD with `If-None-Match: *` where there is a representation.',
  rationale:
    'The condition means: only if there is no representation. A server that compares `*` with its ETag takes it for an entity-tag that it does not know.',
  exceptions: 'Turn it off if no client asks whether a resource exists.',
  cites: [rfc9110.must('13.1.2')],
  recommended: 'warn',
  fix: 'none',
  *faults(exchange) {
    if (unansweredIn(exchange)?.isAny === true)
      yield { expected: '304', seen: 'it sent the representation in spite of `If-None-Match: *`' };
  },
};

const unmatched: FaultRule = {
  id: 'observed-if-none-match-compared',
  summary: 'A server answers 304 only if If-None-Match names its current ETag.',
  rationale:
    'A client that gets 304 goes on with what it has stored. If that is another version, it shows old data as current, and has no way to notice.',
  exceptions: 'Never: clients keep stale data.',
  cites: [rfc9110.must('13.1.2')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange) {
    if (isWrongly304(exchange) && !exchange.request.has('If-Modified-Since'))
      yield { expected: '200', seen: 'If-None-Match did not name the current ETag, and it answered 304' };
  },
};

const precedence: FaultRule = {
  id: 'observed-if-none-match-precedence',
  summary: 'A server ignores If-Modified-Since where there is an If-None-Match.',
  rationale:
    'Two versions within one second have the same Last-Modified; only the entity-tag tells them apart. A server that looks at the date as well keeps clients on the first of them.',
  exceptions: 'Never: clients keep stale data.',
  cites: [rfc9110.must('13.2.2'), rfc9110.must('13.1.3')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange) {
    if (isWrongly304(exchange) && exchange.request.has('If-Modified-Since'))
      yield {
        expected: '200',
        seen: 'If-None-Match did not name the current ETag, and it answered 304 because of If-Modified-Since',
      };
  },
};

/** Whether a 304 answers an If-None-Match that does not match. */
function isWrongly304({ status, request, response }: Exchange): boolean {
  const condition = request.get('If-None-Match');
  if (status !== 304 || condition === undefined || condition === '*') return false;
  const named = entityTagsIn(condition);
  const current = response.get('ETag');
  if (current === undefined) return named.length === 1 && named[0] === foreignTag;
  return named.length > 0 && !named.some((tag) => matchesWeakly(tag, current));
}

/** A GET or HEAD with If-Modified-Since and no If-None-Match: the date, and the date of the last change that the answer gives. */
function sinceIn({ request, response, isWire }: Exchange) {
  const since = timeOf(request.get('If-Modified-Since'));
  if (since === undefined || request.has('If-None-Match') || !isWire) return undefined;
  return {
    since,
    modified: timeOf(response.get('Last-Modified')),
    now: timeOf(response.get('Date')) ?? Number.MAX_VALUE,
  };
}

const ifModifiedSince: FaultRule = {
  id: 'observed-if-modified-since-heeded',
  summary: 'A server answers 304 to a GET or HEAD whose If-Modified-Since is its Last-Modified.',
  rationale:
    'Where there is no entity-tag, this is the only way to revalidate. If the server sends the representation again, its Last-Modified is of no use to caches.',
  exceptions: 'Turn it off if the server is known to evaluate entity-tags only.',
  cites: [rfc9110.should('13.1.3'), rfc9110.must('13.2.1')],
  recommended: 'warn',
  fix: 'none',
  *faults(exchange) {
    const { since, modified } = sinceIn(exchange) ?? {};
    if (retrieves(exchange) && isSuccess(exchange) && modified !== undefined && since === modified)
      yield { expected: '304', seen: 'If-Modified-Since was its Last-Modified, and it sent the representation again' };
  },
};

const laterDate: FaultRule = {
  id: 'observed-if-modified-since-later',
  summary: 'A server answers 304 to an If-Modified-Since that is later than its Last-Modified.',
  rationale:
    'A client without a Last-Modified sends the time at which it got the response. The condition is false for every date since the last change. A server that accepts only the exact date never tells such a client that nothing has changed.',
  exceptions:
    'Turn it off if the server compares dates for equality on purpose, because older files may replace newer ones.',
  cites: [rfc9110.should('13.1.3')],
  recommended: 'info',
  fix: 'none',
  *faults(exchange) {
    const { since, modified, now } = sinceIn(exchange) ?? {};
    if (!retrieves(exchange) || !isSuccess(exchange) || since === undefined || modified === undefined) return;
    // A date in the future has to be ignored.
    if (modified < since && since <= (now ?? 0))
      yield { expected: '304', seen: 'nothing had changed since If-Modified-Since, and it sent the representation' };
  },
};

const staleDate: FaultRule = {
  id: 'observed-if-modified-since-compared',
  summary: 'A server answers 304 to If-Modified-Since only if nothing has changed since.',
  rationale: 'A client that gets 304 goes on with what it has stored, which is an old version.',
  exceptions: 'Never: clients keep stale data.',
  cites: [rfc9110.should('13.1.3')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange, before) {
    const { since, modified } = sinceIn(exchange) ?? {};
    if (exchange.status !== 304 || since === undefined) return;
    const known = modified ?? timeOf(before[0]?.response.get('Last-Modified'));
    if (known !== undefined && known > since)
      yield { expected: '200', seen: 'its Last-Modified is later than If-Modified-Since, and it answered 304' };
  },
};

const failedWhenRetrieving: FaultRule = {
  id: 'observed-precondition-failed-not-when-revalidating',
  summary: 'A server answers 304, not 412, to a GET or HEAD whose If-None-Match is false.',
  rationale:
    'A client library takes 412 for an error. The cache behind it cannot tell that what it has stored is still good.',
  exceptions: 'Never: caches cannot use the answer.',
  cites: [rfc9110.must('13.1.2')],
  recommended: 'error',
  fix: 'none',
  *faults(exchange) {
    const { request, status } = exchange;
    const guards = ['If-Match', 'If-Unmodified-Since'].some((name) => request.has(name));
    if (status === 412 && retrieves(exchange) && revalidates(exchange) && !guards)
      yield { expected: '304', seen: 'a condition of a retrieval was false, and it answered 412' };
  },
};

/** The rules on what servers answer to conditions. */
export const conditionFaults: readonly FaultRule[] = [
  ifNoneMatch,
  listed,
  weakly,
  any,
  unmatched,
  precedence,
  ifModifiedSince,
  laterDate,
  staleDate,
  failedWhenRetrieving,
];
