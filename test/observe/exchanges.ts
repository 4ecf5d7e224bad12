import { parse } from 'yaml';
import { check } from '../../src/check.js';
import { Description } from '../../src/model/description.js';
import type { Operation } from '../../src/model/operation.js';
import { type Exchange, Fields } from '../../src/observe/exchange.js';
import { bound } from '../../src/observe/observed-rules.js';
import { type Observed, Observer } from '../../src/observe/observer.js';
import { sourcesInMemory } from '../sources-in-memory.js';

/** An exchange in short: what differs from a GET of `https://example.com/a` that is answered with 200. */
export interface ShortExchange {
  readonly method?: string;
  readonly url?: string;
  readonly request?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly response?: Readonly<Record<string, string>>;
  /** The content, as text; `null` if it is not known. */
  readonly content?: string | null;
  readonly isWire?: boolean;
}

export function exchangeOf(short: ShortExchange): Exchange {
  const { method = 'GET', url = 'https://example.com/a', status = 200, content = status === 304 ? '' : 'text' } = short;
  return {
    method,
    url: new URL(url),
    request: new Fields(Object.entries(short.request ?? {})),
    status,
    response: new Fields(Object.entries(short.response ?? {})),
    content: content === null ? undefined : { length: content.length, digest: content },
    isWire: short.isWire ?? true,
  };
}

/** The description of version 3.1 that has these paths, in YAML, and its operations by their names. */
export function describedBy(paths: string, rest = '') {
  const { root, reader } = sourcesInMemory(parse(`openapi: 3.1.2\npaths:\n${paths}\n${rest}`));
  const description = new Description(root, reader, 'all');
  const named = (label: string): Operation => {
    const found = description.operations.find((operation) => operation.label === label);
    if (found === undefined) throw new Error(`there is no ${label}`);
    return found;
  };
  return { description, named };
}

/** What exchanges of one operation show. */
export function observedIn(operation: Operation, exchanges: readonly ShortExchange[]): Observed {
  const observer = new Observer(operation.inDescription);
  for (const exchange of exchanges) observer.take(operation, exchangeOf(exchange));
  return observer.observed;
}

/** What the rules find in a description after these exchanges of one operation: the id of the rule and the message. */
export function findingsAfter(description: Description, operation: Operation, exchanges: readonly ShortExchange[]) {
  const { rules } = bound(observedIn(operation, exchanges));
  return rules.flatMap((rule) => check(rule, description));
}
