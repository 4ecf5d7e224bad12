import { describe, expect, test } from 'vitest';
import { findingsWithPrefix, pathItem } from './rule-findings.js';

const json = 'content: {application/json: {schema: {type: object}}}';

describe('head-no-content', () => {
  const found = (body: string, version?: string) => findingsWithPrefix('head-no-content', body, version);
  const at = (code: string) => ` /paths//a/head/responses/${code}/content`;

  test.each([
    ['a success', `{'200': {description: ok, ${json}}}`, [at('200')]],
    ['a range', `{2XX: {description: ok, ${json}}}`, [at('2XX')]],
    ['an error', `{'404': {description: n, ${json}}}`, [at('404')]],
    [
      'the default, which is the same for all methods',
      `{'404': {description: n}, default: {description: d, ${json}}}`,
      [],
    ],
    ['an empty map of content', `{'200': {description: ok, content: {}}}`, []],
    ['no content', `{'200': {description: ok}}`, []],
    ['a 304, for which there is a rule of its own', `{'304': {description: u, ${json}}}`, []],
  ])('in %s', async (_, responses, expected) => {
    expect(await found(pathItem({ head: ['', responses] }))).toEqual(expected);
  });

  test('reports nothing on GET', async () => {
    expect(await found(pathItem({ get: ['', `{'200': {description: ok, ${json}}}`] }))).toEqual([]);
  });

  test('reports the schema and the examples of OpenAPI 2.0', async () => {
    const body = pathItem({ head: ['', `{'200': {description: ok, schema: {type: object}, examples: {a/b: c}}}`] });
    expect(await found(body, "swagger: '2.0'")).toEqual([
      ' /paths//a/head/responses/200/schema',
      ' /paths//a/head/responses/200/examples',
    ]);
  });

  test('points at the operation if a response is shared, and leaves shared errors alone', async () => {
    const responses = "{'200': {$ref: '#/components/responses/R'}, '404': {$ref: '#/components/responses/R'}}";
    const components = `components: {responses: {R: {description: r, ${json}}}}`;
    const body = `${pathItem({ get: ['', responses], head: ['', responses] })}\n${components}`;
    expect(await found(body)).toEqual([' /paths//a/head/responses']);
  });
});
