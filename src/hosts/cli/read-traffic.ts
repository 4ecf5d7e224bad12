import { resolve } from 'node:path';
import { counted } from '../../counted.js';
import { shortName } from '../../files/discovery.js';
import type { Description } from '../../model/description.js';
import type { Observer } from '../../observe/observer.js';
import { shownUrl } from '../../observe/redaction.js';
import { OperationFinder } from '../../observe/servers.js';
import { entriesIn, UnusableTraffic } from '../../traffic/har.js';
import { visible } from '../../visible-text.js';
import { Failure } from './failure.js';

/** How many requests that belong to no operation are named for one reason. */
const mostNamed = 3;

/**
 * Learns from HAR files, one after the other.
 *
 * @param files relative to `cwd`
 * @param server the address of the server, instead of those that the description names
 * @returns what was read, and what was left out, in a line each
 * @throws Failure if a file cannot be used, or nothing in it belongs to an operation
 */
export async function readTraffic(
  files: readonly string[],
  observer: Observer,
  { operations }: Description,
  server: URL | undefined,
  cwd: string,
): Promise<string[]> {
  const finder = new OperationFinder(operations, server);
  const seen = new Set<unknown>();
  const strays = new Map<string, Stray>();
  let [entries, taken] = [0, 0];
  const leave = (why: string, example?: string) => {
    const stray = strays.get(why) ?? { count: 0, examples: new Set<string>() };
    strays.set(why, stray);
    stray.count++;
    if (example !== undefined && stray.examples.size < mostNamed) stray.examples.add(example);
  };
  for (const name of files) {
    const file = resolve(cwd, name);
    try {
      for await (const entry of entriesIn(file)) {
        entries++;
        if (entry.exchange === undefined) {
          leave(entry.why);
          continue;
        }
        const { method, url } = entry.exchange;
        const match = finder.find(method, url);
        if (match.operation === undefined) {
          const shown = shownUrl(url);
          leave(match.why, match.why === 'another server' ? url.origin : `${method} ${shown.split('?', 1)[0]}`);
          continue;
        }
        observer.take(match.operation, entry.exchange);
        seen.add(match.operation);
        taken++;
      }
    } catch (error) {
      if (!(error instanceof UnusableTraffic)) throw error;
      throw new Failure(`${shortName(file, cwd)}: ${error.message}`);
    }
  }
  const lines = [...strays].map(([why, { count, examples }]) => lineFor(why, count, [...examples]));
  if (taken === 0)
    throw new Failure(
      `${counted(entries, 'exchange')} read, none of which belongs to an operation. ${lines.join(' ')}`,
    );
  const head = `Read ${counted(entries, 'exchange')}, ${taken} of them with ${seen.size} of ${counted(operations.length, 'operation')}.`;
  const hint = 'The description does not name the host of its server, so any host counts. Name it with --server URL.';
  return [head, ...lines, ...(finder.takesAnyHost ? [hint] : [])];
}

/** Requests that belong to no operation. */
interface Stray {
  count: number;
  readonly examples: Set<string>;
}

/** What to say of each reason why an exchange was left out. */
const reasons: Readonly<Record<string, (count: string, examples: string) => string>> = {
  'another server': (count, examples) =>
    `Left out: ${count} with servers that the description does not name (${examples}). If one of them is the API, name it with --server URL.`,
  'no such path': (count, examples) =>
    `Left out: ${count} with paths that the description does not have (${examples}).`,
  'no such method': (count, examples) =>
    `Left out: ${count} with methods that the description does not have there (${examples}).`,
};

function lineFor(why: string, count: number, examples: readonly string[]): string {
  const number = counted(count, 'exchange');
  return visible(reasons[why]?.(number, examples.join(', ')) ?? `Left out: ${number}, ${why}.`);
}
