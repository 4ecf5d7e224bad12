import { configureGlobal } from 'fast-check';

export * as fc from 'fast-check';

/** The number of documents to try: 250 in `npm test`, 2000 in the slow run. `CASES=100000` makes a long run. */
export const documentCount = Number(process.env['CASES'] ?? 250);

// The same documents are generated in every run, so that no change fails because of another one's bad luck.
const seed = process.env['SEED'] ?? '1';
configureGlobal(seed === 'random' ? {} : { seed: Number(seed) });
