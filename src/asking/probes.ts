import { type Exchange, isSuccess } from '../observe/exchange.js';
import { foreignTag, isEntityTag, isWeakTag, matchesWeakly, opaqueOf, timeOf } from '../observe/validators.js';
import type { Target } from './targets.js';

/** A request of a probe. */
export interface Probe {
  readonly method: 'GET' | 'HEAD';
  readonly fields: Readonly<Record<string, string>>;
}

/** How many requests one operation takes at most. */
export const mostProbes = 16;

/** A day, in milliseconds. */
const day = 86_400_000;

/**
 * The requests that show what a server does about one resource: twice the same; then each condition with the validators that it gave,
 * HEAD, a content coding and another media type. Each is answered before the next is decided.
 *
 * @yields a request; the generator is given the answer, or `undefined` if there was none
 */
export function* probesOf({ method, otherType }: Target): Generator<Probe, void, Exchange | undefined> {
  const ask = (fields: Readonly<Record<string, string>> = {}): Probe => ({
    method,
    fields: { 'Accept-Encoding': 'identity', ...fields },
  });
  const first = yield ask();
  if (first === undefined || !isSuccess(first)) return;
  const second = (yield ask()) ?? first;
  const tag = second.response.get('ETag');
  const current = tag !== undefined && isEntityTag(tag) ? tag : undefined;
  if (current !== undefined) yield* tagProbes(current, ask);
  yield* dateProbes(second, current, ask);
  if (method === 'HEAD') return;
  yield { method: 'HEAD', fields: ask().fields };
  if (current !== undefined) yield { method: 'HEAD', fields: ask({ 'If-None-Match': current }).fields };
  const packed = yield ask({ 'Accept-Encoding': 'gzip' });
  const packedTag = packed?.response.get('ETag');
  // The tag of a compressed representation has to be found again, too.
  if (packedTag !== undefined && isEntityTag(packedTag) && packedTag !== current)
    yield ask({ 'Accept-Encoding': 'gzip', 'If-None-Match': packedTag });
  if (otherType !== undefined) yield ask({ Accept: otherType });
}

/** A request with some fields. */
type Ask = (fields: Readonly<Record<string, string>>) => Probe;

function* tagProbes(current: string, ask: Ask): Generator<Probe, void, Exchange | undefined> {
  const other = isWeakTag(current) ? opaqueOf(current) : `W/${current}`;
  const conditions = [current, foreignTag, `${foreignTag}, ${current}`, other, '*'];
  for (const condition of conditions) yield ask({ 'If-None-Match': condition });
}

function* dateProbes(
  { response }: Exchange,
  current: string | undefined,
  ask: Ask,
): Generator<Probe, void, Exchange | undefined> {
  const modified = timeOf(response.get('Last-Modified'));
  if (modified === undefined) return;
  const now = timeOf(response.get('Date'));
  const since = (time: number) => ({ 'If-Modified-Since': new Date(time).toUTCString() });
  yield ask(since(modified));
  if (now !== undefined && now > modified) yield ask(since(now));
  yield ask(since(modified - day));
  // A tag that does not match has to win over a date that does.
  if (current === undefined || !matchesWeakly(current, foreignTag))
    yield ask({ 'If-None-Match': foreignTag, ...since(modified) });
}
