import { entityTagGrammar } from '../../grammar/entity-tag.js';
import type { Operation } from '../../model/operation.js';
import type { Rule } from '../../rule.js';
import { valueObligations } from '../value.js';

export const property: Rule = {
  id: 'entity-tag-property',
  summary:
    'On a path with ETag, If-Match or If-None-Match, every example, default and fixed value of a property named `etag` in the content of a success response is an entity-tag.',
  rationale:
    'Where a list has the entity-tag of each item as a property, a client can change an item without reading it first. It sends the value as If-Match, as it is. ' +
    'Without the quotation marks the value is no entity-tag, and the condition fails, or the server ignores it. ' +
    'In JSON the quotation marks are escaped: `"etag": "\\"33a6\\""`.',
  exceptions:
    'Turn it off if the property has no quotation marks, and clients put them around it. HTTP says nothing of properties.',
  cites: [],
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (!useEntityTags(operation.onSamePath)) return;
    for (const { entityTagMembers } of operation.successes) {
      for (const member of entityTagMembers) {
        yield* valueObligations(
          member,
          entityTagGrammar(false),
          'clients send it back as a condition, in which an entity-tag is quoted',
        );
      }
    }
  },
};

/** The answers of {@link useEntityTags}: all operations of a path, of which there may be thousands, ask the same. */
const known = new WeakMap<readonly Operation[], boolean>();

/** Whether one of the operations of a path has to do with entity-tags. */
function useEntityTags(onSamePath: readonly Operation[]): boolean {
  const answer =
    known.get(onSamePath) ??
    onSamePath.some((one) => (one.takes('If-Match', 'If-None-Match') ?? one.declares('ETag')) !== undefined);
  known.set(onSamePath, answer);
  return answer;
}
