import type { Description } from '../model/description.js';
import type { Operation } from '../model/operation.js';
import { type Exchange, isSuccess } from '../observe/exchange.js';
import type { Untried } from '../observe/observations.js';
import type { Observer } from '../observe/observer.js';
import { Client } from './client.js';
import { linkedFrom, linkedValues } from './links.js';
import { Pace } from './pace.js';
import { mostProbes, probesOf } from './probes.js';
import { askable, type GivenValues, namesIn, type Target, targetOf } from './targets.js';

/** Which server to ask, with what, and within which limits. */
export interface AskOptions {
  readonly server: URL;
  /** The values of parameters, by name. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The fields of each request. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The most requests in a second. */
  readonly rate: number;
  /** The most requests in all. */
  readonly mostRequests: number;
  /** How long to wait for one answer, in milliseconds. */
  readonly patience: number;
}

/** The most octets of content that are read of one answer. */
const mostBytes = 10_000_000;

/** How many operations are asked at a time. */
const atOnce = 8;

/** Which requests would be sent. */
export interface AskingPlan {
  readonly targets: readonly Target[];
  /** The operations that cannot be asked, and why. */
  readonly untried: readonly { readonly operation: Operation; readonly untried: Untried }[];
  /** The operations that can be asked if the answer to another one gives a value, and what they lack. */
  readonly linked: readonly { readonly operation: Operation; readonly untried: Untried }[];
  /** How many requests are sent at most. */
  readonly most: number;
}

/** Plans the requests, and sends none. */
export function planOf({ operations }: Description, options: AskOptions): AskingPlan {
  const given = givenBy(options);
  const targets: Target[] = [];
  const untried: AskingPlan['untried'][number][] = [];
  const all = askable(operations);
  for (const operation of all) {
    const target = targetOf(operation, given);
    if ('url' in target) targets.push(target);
    else untried.push({ operation, untried: target });
  }
  const reachable = linkedFrom(all);
  const linked = untried.filter(({ operation }) => reachable.has(operation));
  return {
    targets,
    untried: untried.filter((one) => !linked.includes(one)),
    linked,
    most: Math.min((targets.length + linked.length) * mostProbes, options.mostRequests),
  };
}

/**
 * Asks a server, with GET and HEAD only, what it does about each operation. Sends nothing to any other server.
 *
 * @returns how many requests were sent
 */
export async function askServer(plan: AskingPlan, observer: Observer, options: AskOptions): Promise<number> {
  const client = new Client(options.server, options.fields, { patience: options.patience, bytes: mostBytes });
  const pace = new Pace(options.rate, options.mostRequests);
  for (const { operation, untried } of plan.untried) observer.leave(operation, untried);
  const given = givenBy(options);
  const values = new Map<Operation, ReadonlyMap<string, string>>();
  let waiting = [...plan.linked];
  for (let queue = [...plan.targets]; queue.length > 0;) {
    const work = async () => {
      for (let target = queue.shift(); target !== undefined; target = queue.shift())
        await askOne(target, client, pace, observer, values);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    // The answers may have given values to operations that lacked them; each is asked once.
    const ready = waiting.flatMap(({ operation }): Target[] => {
      const parameters = new Map([...(values.get(operation) ?? []), ...given.parameters]);
      const target = targetOf(operation, { ...given, parameters });
      return 'url' in target ? [target] : [];
    });
    waiting = waiting.filter(({ operation }) => !ready.some((target) => target.operation === operation));
    queue = ready;
  }
  for (const { operation, untried } of waiting) observer.leave(operation, untried);
  return pace.sent;
}

function givenBy({ server, parameters, fields }: AskOptions): GivenValues {
  return { server, parameters, fieldNames: new Set(fields.map(([name]) => name.toLowerCase())) };
}

/** Asks about one operation. @param values gets what the first answer gives to parameters of other operations */
async function askOne(
  target: Target,
  client: Client,
  pace: Pace,
  observer: Observer,
  values: Map<Operation, ReadonlyMap<string, string>>,
): Promise<void> {
  const { operation, url } = target;
  const probes = probesOf(target);
  let isFirst = true;
  let answered: Exchange | undefined;
  for (let next = probes.next(); next.done !== true; next = probes.next(answered)) {
    const { method, fields } = next.value;
    if (!(await pace.turn())) {
      if (pace.stopped !== undefined) observer.leave(operation, pace.stopped);
      return;
    }
    const answer = await client.ask(method, url, { ...target.fields, ...fields });
    answered = answer.exchange;
    if (answer.exchange === undefined) {
      observer.leave(operation, {
        reason: answer.why,
        remedy: 'Check that the server runs, or wait longer: --timeout.',
      });
      // A server that hangs once would hang again.
      return;
    }
    observer.take(described(operation, method), answer.exchange);
    if (isFirst && isSuccess(answer.exchange)) {
      const given = linkedValues(operation, answer.exchange, answer.text);
      for (const [to, some] of given) values.set(to, new Map([...some, ...(values.get(to) ?? [])]));
    }
    const untried = whyUntried(target, answer.exchange);
    if (untried?.isForAll === true) pace.stop(untried);
    if (untried !== undefined && (isFirst || untried.isForAll))
      observer.leave(operation, { reason: untried.reason, remedy: untried.remedy });
    isFirst = false;
  }
}

/** The operation that an answer belongs to: a HEAD that is not described belongs to the GET. */
function described(operation: Operation, method: string): Operation {
  return operation.onSamePath.find((one) => one.method === method) ?? operation;
}

/** Why an answer shows nothing about the operation, and whether the same holds for all others. */
function whyUntried({ operation }: Target, exchange: Exchange): (Untried & { readonly isForAll: boolean }) | undefined {
  const { status } = exchange;
  if (isSuccess(exchange) || status === 304) return undefined;
  const reason = `the server answered ${status}`;
  if (status === 429 || (status === 503 && exchange.response.has('Retry-After')))
    return {
      reason: `${reason}, and nothing more was asked`,
      remedy: 'Try again later, with a lower --rate.',
      isForAll: true,
    };
  return { reason, remedy: remedyFor(status, operation), isForAll: false };
}

function remedyFor(status: number, { template }: Operation): string {
  if (status === 401 || status === 403 || status === 407) return "Pass credentials: --header 'Authorization: …'.";
  if (status >= 300 && status <= 399)
    return 'Redirects are not followed: name the server that it leads to with --server, or describe the path that it leads to.';
  if (status === 404 || status === 410) {
    const names = namesIn(template).map((name) => `--param ${name}=VALUE`);
    return names.length > 0
      ? `Name something that exists: ${names.join(' ')}.`
      : 'Check that --server has the base path of the API.';
  }
  if (status >= 500) return 'Look in the log of the server.';
  return "Pass what the request lacks: --param NAME=VALUE, or --header 'NAME: VALUE'.";
}
