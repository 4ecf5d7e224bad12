import { catalogue } from './catalogue.js';
import { rfc2119, severities } from './guidelines/citation.js';
import { rulesetNames } from './rulesets.js';

/** A text that is not empty. YAML reads `4.2` as a number. */
const text = { type: ['string', 'number'], pattern: '\\S' };

/** An address whose host has a dot: Spectral refuses others. */
const address = '^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]+\\.[^/?#]';

/** The JSON Schema of the file of a team's own guideline, by which editors complete and check it. */
export function guidelineSchema(): object {
  const rules = catalogue.map(({ id, summary }) => [
    id,
    { description: summary, anyOf: [{ $ref: '#/definitions/statement' }, { const: 'off' }] },
  ]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A guideline of your own, for conditional-requests',
    type: 'object',
    required: ['who', 'title', 'url'],
    anyOf: [{ required: ['rules'] }, { required: ['basedOn'] }],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      who: { ...text, description: 'Whose guideline it is: the name in findings.' },
      title: { ...text, description: 'Its title.' },
      url: { type: 'string', pattern: address, description: 'Its address.' },
      basedOn: {
        description: 'The rulesets that it builds on: it asks for what they ask for, too, unless it says otherwise.',
        anyOf: [{ $ref: '#/definitions/ruleset' }, { type: 'array', items: { $ref: '#/definitions/ruleset' } }],
      },
      words: {
        description: 'Its own words for how strongly it asks, and the severities that they lead to.',
        type: 'object',
        additionalProperties: { enum: severities },
      },
      rules: {
        description: 'What it asks, rule by rule; `off` for a rule of `basedOn` that it does not ask for.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(rules),
      },
    },
    definitions: {
      ruleset: { enum: rulesetNames },
      statement: {
        type: 'object',
        required: ['level'],
        additionalProperties: false,
        properties: {
          level: {
            description: 'How strongly it asks: a word of RFC 2119, or one of `words`.',
            anyOf: [{ enum: Object.keys(rfc2119) }, { type: 'string', pattern: '\\S' }],
          },
          section: { ...text, description: 'The section, with its number if it has one: findings give the number.' },
          anchor: { ...text, description: 'The anchor of the section, or the address of another page.' },
          says: { ...text, description: 'What it says, in a sentence.' },
        },
      },
    },
  };
}
