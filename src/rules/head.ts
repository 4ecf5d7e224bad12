import { rfc9110 } from '../guidelines/rfc9110.js';
import { zalando } from '../guidelines/zalando.js';
import { present } from '../obligation.js';
import type { Rule } from '../rule.js';
import { copyOfHeader } from './definition.js';

const repeatsValidators: Rule = {
  id: 'head-repeats-validators',
  summary: 'A HEAD declares the validators that the GET on its path declares.',
  rationale:
    'A HEAD returns the header of a GET without the content. Clients use it mainly to compare the validator with the stored one. ' +
    'A server should send the same header fields for both.',
  exceptions:
    'Turn it off if the server computes the validator from the content, and leaves it out of responses to HEAD.',
  cites: [rfc9110.should('9.3.2', 'implies'), zalando.must('head', 'implies')],
  recommended: 'hint',
  fix: 'suggested',
  *obligations(operation) {
    if (operation.method !== 'HEAD') return;
    const get = operation.onSamePath.find(({ method }) => method === 'GET');
    const [response] = operation.successes;
    if (get === undefined || response === undefined) return;
    if (!operation.responsesAreKnown) return;
    for (const name of ['ETag', 'Last-Modified']) {
      const original = get.declares(name)?.header;
      if (original === undefined || operation.declares(name) !== undefined) continue;
      const place = response.headerPlace(original.name);
      yield present(place, () => copyOfHeader(original, place, operation.version), {
        noun: original.name,
        part: `${response.code} response`,
        because: 'the GET on its path declares it',
        cause: original,
      });
    }
  },
};

/** The rules on HEAD (RFC 9110 §9.3.2), in the order of the catalogue. */
export const headRules: readonly Rule[] = [repeatsValidators];
