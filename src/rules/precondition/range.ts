import { rangeConditionGrammar } from '../../grammar/entity-tag.js';
import { rfc9110 } from '../../guidelines/rfc9110.js';
import { absent } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { suggestedWhereFixed, valueObligations } from '../value.js';
import { isOwnParameter } from './parameters.js';

const range: Rule = {
  id: 'precondition-range',
  summary: 'If-Range is taken only together with Range, and only by GET.',
  rationale:
    'If-Range asks for the missing part of a representation if it is unchanged, and otherwise for the whole. Without Range, there is no part to ask for. ' +
    'Ranges are only defined for GET; on any other method servers have to ignore both fields.',
  exceptions: 'Turn it off if you leave Range out of the description on purpose.',
  cites: [rfc9110.mustNot('13.1.5', 'implies'), rfc9110.must('14.2', 'implies')],
  fix: 'none',
  topic: 'field',
  *obligations(operation) {
    const field = operation.takes('If-Range');
    if (field === undefined) return;
    const noun = 'If-Range parameter';
    if (operation.method === 'GET') {
      if (operation.takes('Range') !== undefined || !operation.parametersAreKnown) return;
      yield absent(field.entry, { noun, because: 'it means nothing without Range, which the operation does not take' });
    } else if ((operation.neverRetrieves || operation.method === 'HEAD') && isOwnParameter(field, operation)) {
      yield absent(field.entry, { noun, because: 'ranges are only defined for GET' });
    }
  },
};

const rangeExample: Rule = {
  id: 'precondition-range-example',
  summary: 'Every example, default and fixed value of If-Range is one strong entity-tag, or an HTTP-date.',
  rationale:
    'If-Range carries the validator of the version of which the client has a part. A weak entity-tag cannot tell whether the rest fits that part, so If-Range never matches one. `*` and lists belong in If-Match and If-None-Match. ' +
    'With any other value the client gets the whole representation every time.',
  exceptions: 'Turn it off while you correct an API whose servers take entity-tags without quotation marks.',
  cites: [rfc9110.mustNot('13.1.5', 'implies')],
  recommended: 'warn',
  fix: 'safe',
  suggestedWhere: suggestedWhereFixed,
  topic: 'field',
  *obligations(operation) {
    const field = operation.takes('If-Range');
    if (field === undefined) return;
    const because = 'it is one strong entity-tag in quotation marks, or an HTTP-date';
    yield* valueObligations(field, rangeConditionGrammar(field.mayPercentEncode), because, {
      values: field.wholeValues,
    });
  },
};

/** The rules on If-Range (RFC 9110 §13.1.5). */
export const rangeRules = { range, rangeExample };
