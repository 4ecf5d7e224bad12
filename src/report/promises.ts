import { Description } from '../model/description.js';
import type { Operation } from '../model/operation.js';
import type { Reader, Source } from '../model/source.js';
import { countOf, fieldsOf, type Observations, type SeenOperation } from '../observe/observations.js';

/** How the promises of a description stand to what was seen of its server. */
const promiseStates = ['kept', 'promised', 'seen', 'neither', 'untried'] as const;
type PromiseState = (typeof promiseStates)[number];

/** The states in words. */
const statesInWords: Readonly<Record<PromiseState, string>> = {
  kept: 'promised and seen',
  promised: 'promised, never seen',
  seen: 'seen, not promised',
  neither: 'neither',
  untried: 'not tried',
};

/** How many reads are in each state. */
type PromiseCounts = Readonly<Record<PromiseState, number>>;

/** What was seen of the reads of a description (GET, QUERY), beside what it promises. */
export interface SeenPromises {
  readonly validator: PromiseCounts;
  readonly notModified: PromiseCounts;
}

/** The heads of a table of promises. */
export const promiseHeads: readonly string[] = ['Validator', '304'];

/** The rows of a table of promises: each state, and how many reads are in it. */
export function promiseRows({ validator, notModified }: SeenPromises): string[][] {
  return promiseStates.map((state) => [statesInWords[state], String(validator[state]), String(notModified[state])]);
}

/** Compares what a description promises of its reads with what was seen. */
export function promisesOf(entry: Source, reader: Reader, { operations }: Observations): SeenPromises {
  const seen = new Map(operations.map((one) => [`${one.method} ${one.template}`, one]));
  const reads = new Description(entry, reader, 'all').operations.filter(({ method }) =>
    ['GET', 'QUERY'].includes(method),
  );
  const seenOf = ({ method, template }: Operation) => seen.get(`${method} ${template}`);
  return {
    validator: counted(reads.map((read) => stateOf(read.validator !== undefined, sendsValidator(seenOf(read))))),
    notModified: counted(reads.map((read) => stateOf(read.documentsNotModified, sends304(seenOf(read))))),
  };
}

function counted(states: readonly PromiseState[]): PromiseCounts {
  const count = (state: PromiseState) => states.filter((one) => one === state).length;
  return Object.fromEntries(promiseStates.map((state) => [state, count(state)])) as Record<PromiseState, number>;
}

/** @param isSeen `undefined` if it was not tried */
function stateOf(isPromised: boolean, isSeen: boolean | undefined): PromiseState {
  if (isSeen === undefined) return 'untried';
  if (isPromised) return isSeen ? 'kept' : 'promised';
  return isSeen ? 'seen' : 'neither';
}

/** Whether a server sends a validator with a success; `undefined` if no success was seen. */
function sendsValidator(seen: SeenOperation | undefined): boolean | undefined {
  const successes = Object.keys(seen?.responses ?? {}).filter((status) => status.startsWith('2'));
  if (seen === undefined || successes.length === 0) return undefined;
  return successes.some((status) => fieldsOf(seen, status).some((name) => name === 'ETag' || name === 'Last-Modified'));
}

/** Whether a server answers 304; `undefined` if no request asked for it, although there was a validator to ask with. */
function sends304(seen: SeenOperation | undefined): boolean | undefined {
  if (seen === undefined) return undefined;
  if (countOf(seen, '304') > 0) return true;
  if (seen.ifNoneMatch.asked + seen.ifModifiedSince.asked > 0) return false;
  return sendsValidator(seen) === false ? false : undefined;
}
