import { rfc9110 } from '../guidelines/rfc9110.js';
import { absent, present } from '../obligation.js';
import type { Rule } from '../rule.js';
import { copyOfHeader } from './definition.js';

const noContent: Rule = {
  id: 'head-no-content',
  summary: 'A response to HEAD has no content.',
  rationale:
    'A response to HEAD ends with its header section, whatever its status. ' +
    'A client generated from a description in which it has a body waits for content that never comes, or fails to parse it.',
  exceptions:
    'Turn it off if your framework can only describe HEAD as a copy of GET. `default`, and errors that are a `$ref`, are not reported.',
  cites: [rfc9110.mustNot('9.3.2')],
  // Some guidelines speak of successful requests only.
  aspects: ['a success', 'an error'],
  recommended: 'warn',
  fix: 'suggested',
  topic: 'head',
  *obligations(operation) {
    if (operation.method !== 'HEAD') return;
    for (const response of operation.responses) {
      const isOwn = !response.entry.isReference && response.entry.isWithin(operation.place);
      // Another rule says it of a 304 to any method. Errors and `default` are often the same for all methods.
      if (['304', 'default'].includes(response.code) || (!isOwn && !response.isSuccess)) continue;
      for (const content of response.contents) {
        yield absent(content, {
          noun: 'content',
          part: `${response.code} response`,
          because: 'a response to HEAD ends with its header section',
          on: response.isSuccess ? 'a success' : 'an error',
          ...(isOwn ? {} : { pointsAt: response.entry }),
        });
      }
    }
  },
};

const repeatsValidators: Rule = {
  id: 'head-repeats-validators',
  summary: 'A HEAD declares the validators that the GET on its path declares.',
  rationale:
    'A HEAD returns the header of a GET without the content. Clients use it mainly to compare the validator with the stored one. ' +
    'A server should send the same header fields for both.',
  exceptions:
    'Turn it off if the server computes the validator from the content, and leaves it out of responses to HEAD.',
  cites: [rfc9110.should('9.3.2', 'implies')],
  recommended: 'hint',
  fix: 'suggested',
  topic: 'head',
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
export const headRules: readonly Rule[] = [noContent, repeatsValidators];
