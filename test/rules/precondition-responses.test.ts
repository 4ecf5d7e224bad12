import { describe, expect, test } from 'vitest';
import { findingsWithPrefix, pathItem } from './rule-findings.js';

const ok = `{'204': {description: ok}}`;

describe('precondition-required-marked', () => {
  const found = (parameters: string, responses = "{'204': {description: ok}, '428': {description: m}}") =>
    findingsWithPrefix('precondition-required-marked', pathItem({ put: [parameters, responses] }));
  const parameter = ' /paths//a/put/parameters/0';

  test.each([
    ['one that is not marked', 'If-Match', [parameter]],
    ['one that is marked as optional', '[{name: If-Match, in: header, required: false}]', [`${parameter}/required`]],
    ['one on creation', 'If-None-Match', [parameter]],
    ['one that is required', 'If-Match!', []],
    ['one of two', 'If-Match If-Unmodified-Since', []],
    ['none', '', []],
    ['one beside what cannot be read', "[{name: If-Match, in: header}, {$ref: '#/nowhere'}]", []],
  ])('%s', async (_, parameters, expected) => {
    expect(await found(parameters)).toEqual(expected);
  });

  test('nothing where no 428 is documented', async () => {
    expect(await found('If-Match', ok)).toEqual([]);
  });

  test('a shared parameter, at the operation', async () => {
    const body = `${pathItem({ put: ["[{$ref: '#/components/parameters/P'}]", "{'428': {description: m}}"] })}
components: {parameters: {P: {name: If-Match, in: header}}}`;
    expect(await findingsWithPrefix('precondition-required-marked', body)).toEqual([' /paths//a/put']);
  });
});

describe('precondition-guards-creation', () => {
  const found = (method: string, parameters: string, responses: string, content = 'requestBody: {content: {}}, ') =>
    findingsWithPrefix(
      'precondition-guards-creation',
      pathItem({ [method]: [parameters, responses] }).replace('parameters: ', `${content}parameters: `),
    );
  const created = "{'201': {description: c}}";

  test.each([
    ['a PUT that creates', 'put', '', created, [' /paths//a/put/parameters']],
    ['a PUT that creates, guarded', 'put', 'if-none-match', created, []],
    ['a PUT that replaces', 'put', '', ok, []],
    ['a POST', 'post', '', created, []],
    ['a PUT whose parameters cannot be read', 'put', "[{$ref: '#/nowhere'}]", created, []],
    ['a PUT that creates, without content', 'put', '', created, [], ''],
    [
      'a PUT that creates, with a body that cannot be read',
      'put',
      '',
      created,
      [' /paths//a/put/parameters'],
      "requestBody: {$ref: '#/nowhere'}, ",
    ],
  ])('%s', async (_, method, parameters, responses, expected, content?: string) => {
    expect(await found(method, parameters, responses, content)).toEqual(expected);
  });

  test.each([
    ['body', 1],
    ['formData', 1],
    ['query', 0],
  ])('in OpenAPI 2.0, a PUT with a parameter in: %s', async (place, count) => {
    const parameters = `[{name: order, in: ${place}, type: string, schema: {type: object}}]`;
    const body = pathItem({ put: [parameters, created] });
    expect(await findingsWithPrefix('precondition-guards-creation', body, "swagger: '2.0'")).toHaveLength(count);
  });
});
