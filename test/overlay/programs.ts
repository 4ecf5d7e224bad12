import { createRequire } from 'node:module';
import { isSame, memberOf, type Path, valueAt } from '../../src/json.js';

/** A program of other people's that applies an overlay to a description, each given as data. */
export type Program = (description: unknown, overlay: unknown) => Promise<unknown>;

const require = createRequire(import.meta.url);
const { openapiOverlay } = require('openapi-format') as {
  openapiOverlay(description: unknown, options: { overlaySet: unknown }): Promise<{ data: unknown }>;
};
const { applyOverlay } = (await import('openapi-overlays-js/src/overlay.js' as string)) as {
  applyOverlay(description: unknown, overlay: unknown): unknown;
};

/** The programs that are installed with the project. */
export const programs: Readonly<Record<string, Program>> = {
  'openapi-format': async (description, overlaySet) =>
    (await openapiOverlay(structuredClone(description), { overlaySet })).data,
  'openapi-overlays-js': async (description, overlay) => applyOverlay(structuredClone(description), overlay),
};

/** What an overlay that is applied by a program gives differently from what it should. */
interface Difference {
  readonly path: Path;
  readonly wanted: unknown;
  readonly got: unknown;
}

/** The places at which two values differ; without any where they are the same data. */
export function differencesOf(wanted: unknown, got: unknown, path: Path = []): Difference[] {
  if (isSame(wanted, got)) return [];
  const isInner = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (!isInner(wanted) || !isInner(got) || Array.isArray(wanted) !== Array.isArray(got)) return [{ path, wanted, got }];
  return [...new Set([...Object.keys(wanted), ...Object.keys(got)])].flatMap((key) =>
    differencesOf((wanted as Record<string, unknown>)[key], (got as Record<string, unknown>)[key], [...path, key]),
  );
}

/** How a program departs from the specification. */
interface Departure {
  readonly program: string;
  readonly what: string;
  /** @param after what the overlay should give */
  readonly explains: (difference: Difference, after: unknown) => boolean;
}

/** How the programs depart from the specification in what our overlays use. */
export const departures: readonly Departure[] = [
  {
    program: 'openapi-format',
    what: 'merges a parameter with one of the same name and place, where the specification has arrays concatenated',
    explains: ({ path }, after) => isAmongTwins(path, after),
  },
  {
    program: 'openapi-overlays-js',
    what: 'leaves a scalar in an array as it is, where the specification has it replaced',
    explains: ({ path, got }, after) =>
      Array.isArray(valueAt(after, path.slice(0, -1))) && (typeof got !== 'object' || got === null),
  },
  {
    program: 'redocly bundle',
    what: 'adds an empty `components`',
    explains: ({ path, got }) => isSame(path, ['components']) && isSame(got, {}),
  },
];

/** The differences that a program makes and no departure explains. */
export function faultsOf(program: string, after: unknown, got: unknown): Difference[] {
  const own = departures.filter((departure) => departure.program === program);
  return differencesOf(after, got).filter((difference) => !own.some(({ explains }) => explains(difference, after)));
}

/** Whether a path leads to, or into, a list with two parameters of the same name and place. */
function isAmongTwins(path: Path, document: unknown): boolean {
  const lists = path.flatMap((key, index) =>
    key === 'parameters' ? [valueAt(document, path.slice(0, index + 1))] : [],
  );
  return lists.filter(Array.isArray).some((list: readonly unknown[]) => {
    const names = list.map((item) => JSON.stringify([memberOf(item, 'name'), memberOf(item, 'in')]));
    return new Set(names).size < names.length;
  });
}
