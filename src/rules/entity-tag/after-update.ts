import { present } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { newHeader } from '../addition.js';
import { copyOfHeader } from '../definition.js';

const updates: readonly string[] = ['PUT', 'PATCH'];

/** The aspect of an update whose response has no content: some guidelines only speak of responses that return the resource. */
const withoutContent = (method: string) => `${method} without content`;

export const afterUpdate: Rule = {
  id: 'entity-tag-after-update',
  summary: 'If a PUT or PATCH takes If-Match, its success response declares ETag.',
  rationale:
    'A client that has just changed a resource often changes it again. With the new ETag in the response, it need not read the resource first. ' +
    'HTTP lets a server send that ETag only if it has stored the content of a PUT as it is.',
  exceptions:
    'Turn it off if the server changes what it is sent, such as by adding dates. If the representation has a member for the entity-tag (`etag`, `_etag`), nothing is reported.',
  cites: [],
  aspects: [...updates, ...updates.map(withoutContent)],
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    const condition = operation.takes('If-Match');
    if (!updates.includes(operation.method) || condition === undefined) return;
    // What is only accepted (202) has no new version yet.
    const success = operation.successes.find(({ code }) => code !== '202');
    if (success === undefined || !operation.responsesAreKnown || operation.declares('ETag') !== undefined) return;
    if (operation.successes.some(({ carriesEntityTag }) => carriesEntityTag)) return;
    const place = success.headerPlace('ETag');
    const original = operation.onSamePath.find(({ method }) => method === 'GET')?.declares('ETag')?.header;
    const { version } = operation;
    yield present(
      place,
      () => (original ? copyOfHeader(original, place, version) : newHeader(operation, 'ETag', place)),
      {
        noun: 'ETag',
        whereInWords: `in the ${success.code} response of ${operation.label}`,
        because: 'it takes If-Match, for which the next update needs the new entity-tag',
        cause: condition,
        on: success.contents.length > 0 ? operation.method : withoutContent(operation.method),
        // Other methods may share the response, and have no use for the header.
        ...(success.entry.isReference ? { pointsAt: success.entry } : {}),
      },
    );
  },
};
