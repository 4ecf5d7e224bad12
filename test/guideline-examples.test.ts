import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { check } from '../src/check.js';
import { citedGuidelines } from '../src/guidelines/guidelines.js';
import { Description } from '../src/model/description.js';
import { type RulesetName, rulesOf } from '../src/rulesets.js';
import { read, root } from './files.js';
import { sourcesInMemory } from './sources-in-memory.js';

/** The ids of the rules of a ruleset that find something in a description. */
function rulesThatFind(ruleset: RulesetName, document: unknown): string[] {
  const { root: entry, reader } = sourcesInMemory(document);
  const description = new Description(entry, reader);
  return rulesOf(ruleset).flatMap(({ rule }) => (check(rule, description).length > 0 ? [rule.id] : []));
}

/** A description of a GET with some headers in its 200 response, and of a PUT with some parameters. */
function descriptionWith(headers: object, parameters: readonly object[] = []) {
  const get = { responses: { 200: { description: 'OK', headers } } };
  const put = { parameters, responses: { 200: { description: 'OK' } } };
  return { openapi: '3.1.1', info: { title: 'A', version: '1' }, paths: { '/a': { get, put } } };
}

const withExample = (example: string) => ({ schema: { type: 'string', examples: [example] } });

/** What guidelines show but would not pass their own ruleset with, or could not write in OpenAPI. */
const faulty: Readonly<Record<string, unknown>> = {
  deliveroo: descriptionWith({}, [
    { name: 'If-Match', in: 'header', ...withExample('"e04c6ca4-6ac9-11e6-ab5a-cf7dd1791cc9') },
  ]),
  'health-nz': descriptionWith({}, [{ name: 'If_Modified_Since', in: 'header', schema: { type: 'string' } }]),
  otto: descriptionWith({ 'Cache-Control': { schema: { type: 'string' } } }),
  sbb: descriptionWith({ ETag: withExample('W/"xy", "5", "5db68c06-1a68-11e9-8341-68f728c1ba70"') }),
  swiss: descriptionWith({ ETag: withExample('W/"xy", "5", "5db68c06-1a68-11e9-8341-68f728c1ba70"') }),
};

const examples = readdirSync(join(root, 'examples/guidelines')).map((file) => file.replace(/\.yaml$/, ''));

describe.each(citedGuidelines)('$name', ({ name, faults, contradicts }) => {
  const example: unknown = parse(read(`examples/guidelines/${name}.yaml`));

  test('lets a description after its own example pass its ruleset', () => {
    expect(rulesThatFind(name as RulesetName, example)).toEqual([]);
  });

  test('shows names and values as HTTP has them, but for the faults and the contradictions that its page names', () => {
    const isOnForm = (id: string) => /^(entity-tag-(?!after)|http-date-)|^precondition-spelling$/.test(id);
    const found = rulesThatFind('all', example).filter(isOnForm);
    expect(found.filter((id) => !(id in faults) && !(id in contradicts))).toEqual([]);
    expect([...found, ...rulesThatFind('all', faulty[name] ?? {})]).toEqual(
      expect.arrayContaining(Object.keys(faults)),
    );
  });
});

test('every guideline has a description after its own example, and there is no other', () => {
  expect(examples).toEqual(citedGuidelines.map(({ name }) => name).toSorted());
});
