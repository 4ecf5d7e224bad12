import type { Operation } from '../model/operation.js';
import { type Exchange, isSuccess, retrieves } from './exchange.js';
import type { FaultRule } from './fault-rule.js';
import { conditionFaults } from './faults/conditions.js';
import { notModifiedFaults } from './faults/not-modified.js';
import { validatorFaults } from './faults/validators.js';
import { Memory } from './memory.js';
import {
  type Observations,
  type SeenCondition,
  type SeenFault,
  type SeenOperation,
  type SeenResponse,
  type Untried,
  watchedFields,
} from './observations.js';
import { type ShownExchange, shownExchange } from './redaction.js';
import { entityTagsIn, matchesWeakly, timeOf } from './validators.js';

/** The rules about servers, in the order of the documentation. */
export const faultRules: readonly FaultRule[] = [...conditionFaults, ...notModifiedFaults, ...validatorFaults];

/** The key of an exchange that is kept as evidence: the operation, and what the exchange shows of it. */
function evidenceKey({ method, template }: Pick<SeenOperation, 'method' | 'template'>, what: string): string {
  return `${method} ${template}\n${what}`;
}

/** A fault as the key of its evidence names it. */
export function nameOfFault({ rule, expected, seen }: Pick<SeenFault, 'rule' | 'expected' | 'seen'>): string {
  return [rule, expected, seen].join('\n');
}

/** What was seen, and one exchange that shows each part of it. */
export interface Observed extends Observations {
  /**
   * The first exchange that shows something, without secrets.
   *
   * @param what {@link nameOfFault}, or a status code and perhaps a field: `304`, `200 ETag`
   */
  evidence(operation: Pick<Operation, 'method' | 'template'>, what: string): ShownExchange | undefined;
}

/** The counts of one operation, while they grow. */
interface Tally {
  readonly operation: Operation;
  readonly responses: Map<number, { count: number; readonly fields: Map<string, number> }>;
  readonly ifNoneMatch: { asked: number; answered: number };
  readonly ifModifiedSince: { asked: number; answered: number };
  readonly faults: Map<string, SeenFault & { count: number }>;
  untried: Untried | undefined;
}

/** Learns from exchanges, one after the other, in memory that is bounded by the number of operations. */
export class Observer {
  readonly #tallies = new Map<Operation, Tally>();
  readonly #evidence = new Map<string, ShownExchange>();
  readonly #memory = new Memory();

  /** @param operations those of the description, in its order */
  constructor(operations: readonly Operation[]) {
    for (const operation of operations) this.#tallies.set(operation, newTally(operation));
  }

  /** Learns from an exchange of an operation. A HEAD that is not described can show faults of the GET, but is not counted. */
  take(operation: Operation, exchange: Exchange): void {
    const tally = this.#tallies.get(operation);
    if (tally === undefined) return;
    const before = this.#memory.before(exchange);
    if (exchange.method === operation.method) {
      this.#countResponse(tally, exchange);
      countConditions(tally, exchange, before);
    }
    for (const rule of faultRules) {
      for (const fault of rule.faults(exchange, before)) {
        const found = { rule: rule.id, ...fault };
        const name = nameOfFault(found);
        const known = tally.faults.get(name);
        if (known === undefined) tally.faults.set(name, { ...found, count: 1 });
        else known.count++;
        this.#show(operation, name, exchange);
      }
    }
    this.#memory.note(exchange);
  }

  /** Notes why an operation could not be tried. */
  leave(operation: Operation, untried: Untried): void {
    const tally = this.#tallies.get(operation);
    if (tally !== undefined) tally.untried ??= untried;
  }

  /** What was seen so far, in the order of the description. */
  get observed(): Observed {
    const tallies = [...this.#tallies.values()].filter(({ responses, faults, untried }) => {
      return responses.size > 0 || faults.size > 0 || untried !== undefined;
    });
    return {
      format: 1,
      operations: tallies.map(seenOperation),
      evidence: (operation, what) => this.#evidence.get(evidenceKey(operation, what)),
    };
  }

  #countResponse({ operation, responses }: Tally, exchange: Exchange): void {
    const { status, response } = exchange;
    const seen = responses.get(status) ?? { count: 0, fields: new Map<string, number>() };
    responses.set(status, seen);
    seen.count++;
    this.#show(operation, String(status), exchange);
    for (const name of watchedFields) {
      if (!response.has(name)) continue;
      seen.fields.set(name, (seen.fields.get(name) ?? 0) + 1);
      this.#show(operation, `${status} ${name}`, exchange);
    }
  }

  #show(operation: Operation, what: string, exchange: Exchange): void {
    const key = evidenceKey(operation, what);
    if (!this.#evidence.has(key)) this.#evidence.set(key, shownExchange(exchange));
  }
}

function newTally(operation: Operation): Tally {
  return {
    operation,
    responses: new Map(),
    ifNoneMatch: { asked: 0, answered: 0 },
    ifModifiedSince: { asked: 0, answered: 0 },
    faults: new Map(),
    untried: undefined,
  };
}

/**
 * Counts the conditions that were certainly false, so that 304 was to be expected. A success that a browser recorded does not count: its
 * server may have answered 304.
 */
function countConditions(tally: Tally, exchange: Exchange, before: readonly Exchange[]): void {
  const { request, response, status } = exchange;
  if (!retrieves(exchange) || (status !== 304 && !(isSuccess(exchange) && exchange.isWire))) return;
  const condition = request.get('If-None-Match');
  if (condition !== undefined) {
    const tag = response.get('ETag') ?? before[0]?.response.get('ETag');
    const isFalse = tag !== undefined && entityTagsIn(condition).some((named) => matchesWeakly(named, tag));
    count(tally.ifNoneMatch, isFalse, status);
    return;
  }
  const since = timeOf(request.get('If-Modified-Since'));
  const modified = timeOf(response.get('Last-Modified') ?? before[0]?.response.get('Last-Modified'));
  if (since !== undefined) count(tally.ifModifiedSince, modified !== undefined && modified <= since, status);
}

function count(condition: { asked: number; answered: number }, isFalse: boolean, status: number): void {
  if (status === 304) condition.answered++;
  if (status === 304 || isFalse) condition.asked++;
}

function seenOperation({ operation, responses, ifNoneMatch, ifModifiedSince, faults, untried }: Tally): SeenOperation {
  const { method, template } = operation;
  const byStatus = [...responses].toSorted(([one], [other]) => one - other);
  return {
    method,
    template,
    responses: Object.fromEntries(
      byStatus.map(([status, seen]): [string, SeenResponse] => [status.toString(), seenResponse(seen)]),
    ),
    ifNoneMatch: seenCondition(ifNoneMatch),
    ifModifiedSince: seenCondition(ifModifiedSince),
    faults: withoutConsequences([...faults.values()], ifNoneMatch),
    ...(untried && { untried }),
  };
}

function seenResponse({ count: number, fields }: { count: number; fields: ReadonlyMap<string, number> }): SeenResponse {
  const inOrder = watchedFields.flatMap((name): [string, number][] => {
    const times = fields.get(name);
    return times === undefined ? [] : [[name, times]];
  });
  return { count: number, fields: Object.fromEntries(inOrder) };
}

function seenCondition({ asked, answered }: SeenCondition): SeenCondition {
  return { asked, answered };
}

/** The faults that follow from another one: a server that never looks at If-None-Match does not compare lists wrongly. */
const consequences = ['observed-if-none-match-list', 'observed-if-none-match-weak', 'observed-if-none-match-any'];

function withoutConsequences(faults: readonly SeenFault[], { answered }: SeenCondition): SeenFault[] {
  const isIgnored = answered === 0 && faults.some(({ rule }) => rule === 'observed-if-none-match-heeded');
  const order = faultRules.map(({ id }) => id);
  return faults
    .filter(({ rule }) => !isIgnored || !consequences.includes(rule))
    .toSorted((one, other) => order.indexOf(one.rule) - order.indexOf(other.rule));
}
