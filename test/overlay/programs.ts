import { createRequire } from 'node:module';
import { isSame } from '../../src/json.js';

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
  readonly path: string;
  readonly wanted: unknown;
  readonly got: unknown;
}

/** The places at which two values differ; without any where they are the same data. */
export function differencesOf(wanted: unknown, got: unknown, path = ''): Difference[] {
  if (isSame(wanted, got)) return [];
  const isInner = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (!isInner(wanted) || !isInner(got) || Array.isArray(wanted) !== Array.isArray(got)) return [{ path, wanted, got }];
  return [...new Set([...Object.keys(wanted), ...Object.keys(got)])].flatMap((key) =>
    differencesOf((wanted as Record<string, unknown>)[key], (got as Record<string, unknown>)[key], `${path}/${key}`),
  );
}
