const text = { type: 'string' };
const anything = {};

/** An object with some members, of which some are required. It may have extensions, and nothing else. */
function objectWith(properties: object, ...required: readonly string[]): object {
  return { type: 'object', properties, required, patternProperties: { '^x-': anything }, additionalProperties: false };
}

/**
 * The JSON Schema of an overlay, which says what those say that the specification has: https://spec.openapis.org/overlay/1.0/schema/2026-04-01,
 * https://spec.openapis.org/overlay/1.1/schema/2026-04-01 and https://spec.openapis.org/overlay/1.2/schema/2026-08-08.
 *
 * @param minor the minor version of the specification
 */
export function schemaOf(minor: 0 | 1 | 2): object {
  const description = { description: text };
  const target = { target: { type: 'string', pattern: '^\\$' } };
  const fields = { ...description, update: anything, remove: { type: 'boolean' }, ...(minor > 0 && { copy: text }) };
  const action = objectWith({ ...target, ...fields }, 'target');
  const $ref = { type: 'string', pattern: '^#/components/actions/([^~/]|~0|~1)+$' };
  const reference = objectWith({ ...target, ...description, $ref }, '$ref', 'target');
  const reusable = objectWith({ ...description, fields: objectWith(fields) });
  const document = minor < 2 ? text : { type: 'string', pattern: '^[^#]*$' };
  const components = objectWith({ actions: { type: 'object', additionalProperties: reusable } });
  return objectWith(
    {
      overlay: { type: 'string', pattern: `^1\\.${minor}\\.\\d+$` },
      info: objectWith({ title: text, version: text, ...(minor > 0 && description) }, 'title', 'version'),
      extends: document,
      actions: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: minor < 2 ? action : { oneOf: [action, reference] },
      },
      ...(minor === 2 && { $self: document, components }),
    },
    'overlay',
    'info',
    'actions',
  );
}
