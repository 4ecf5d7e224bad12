import { present } from '../obligation.js';
import type { Rule } from '../rule.js';
import { newHeader } from './addition.js';

const prefersEntityTag: Rule = {
  id: 'validator-prefers-entity-tag',
  summary: 'A GET or HEAD whose success response declares Last-Modified declares ETag too.',
  rationale:
    'A date counts in seconds: a client that reads twice within one second misses a change. An entity-tag changes with every version, works for content that has no date, and guards updates with If-Match.',
  exceptions:
    'Turn it off if your data have a dependable date of change and nothing else, as files and series of measurements may.',
  cites: [],
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    const dated = operation.declares('Last-Modified');
    if (!['GET', 'HEAD'].includes(operation.method) || dated === undefined) return;
    if (!operation.responsesAreKnown || operation.declares('ETag') !== undefined) return;
    if (operation.successes.some(({ carriesEntityTag }) => carriesEntityTag)) return;
    const place = dated.response.headerPlace('ETag');
    yield present(place, () => newHeader(operation, 'ETag', place), {
      noun: 'ETag',
      part: `${dated.response.code} response`,
      because: 'it declares Last-Modified, which cannot tell two changes within one second apart',
      cause: dated.header,
    });
  },
};

/** The rules on the choice of validators (RFC 9110 §8.8.1). */
export const validatorChoiceRules: readonly Rule[] = [prefersEntityTag];
