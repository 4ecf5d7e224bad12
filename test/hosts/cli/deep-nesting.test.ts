import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../../files.js';
import { run } from './run.js';

const levels = 10_000;

/** A text in many pairs of brackets. */
const nested = (open: string, core: string, close: string) => open.repeat(levels) + core + close.repeat(levels);

const base = '"components":{"schemas":{"B":{"type":"string"}}}';

/** A description in JSON whose ETag has a schema; `more` are other members of the description. */
const withSchema = (schema: string, more = base) => {
  const headers = `{"ETag":{"schema":${schema}}}`;
  const get = `{"responses":{"200":{"description":"ok","headers":${headers}},"304":{"description":"Same"}}}`;
  return `{"openapi":"3.1.1","info":{"title":"A","version":"1"},"paths":{"/a":{"get":${get}}},${more}}`;
};
const reference = '{"$ref":"#/components/schemas/B"}';
const plain = '{"type":"string"}';

const tooDeep = /is nested more than 500 levels deep, so that it is not checked/;
const unreadable = /openapi.\w+: is nested too deeply/;

describe('what is nested thousands of levels deep is answered with a sentence', () => {
  test.each([
    ['`allOf`', 'json', withSchema(nested('{"allOf":[', '{}', ']}')), tooDeep],
    ['`allOf` around a `$ref`', 'json', withSchema(nested('{"allOf":[', reference, ']}')), tooDeep],
    ['`allOf` with a `$ref` at each level', 'json', withSchema(nested(`{"allOf":[${reference},`, '{}', ']}')), tooDeep],
    [
      '`allOf` with a fault at each level',
      'json',
      withSchema(nested('{"type":"integer","allOf":[', '{}', ']}')),
      tooDeep,
    ],
    ['`items`', 'json', withSchema(nested('{"type":"array","items":', '{}', '}')), tooDeep],
    [
      'the target of a pointer',
      'json',
      withSchema(
        `{"$ref":"#/components/schemas/B${'/allOf/0'.repeat(levels)}"}`,
        base.replace(plain, nested('{"allOf":[', '{"type":"integer"}', ']}')),
      ),
      tooDeep,
    ],
    ['flow maps', 'yaml', withSchema(plain, `x: ${nested('{a: ', '1', '}')}`), unreadable],
    ['merge keys', 'yaml', withSchema(plain, `x: ${nested('{<<: ', '{a: 1}', '}')}`), unreadable],
    ['lists in lists', 'yaml', `openapi: 3.1.1\npaths: {}\nx:\n  ${'- '.repeat(levels)}a\n`, unreadable],
  ])('%s', (_, extension, text, message) => {
    const name = `openapi.${extension}`;
    const folder = folderWith({ [name]: text });
    for (const [command, ...args] of [
      ['lint', '-r', 'all'],
      ['lint', '-f', 'sarif'],
      ['fix', '--suggested', '--dry-run'],
    ]) {
      const { status, out, err } = run(folder, command ?? '', ...args, name);
      expect([command, out + err]).toEqual([command, expect.stringMatching(message)]);
      expect(err).not.toMatch(/\n {4}at /);
      expect(status).toBe(2);
    }
  });

  test('a place that no rule reads does not matter', () => {
    const body = `"content":{"application/json":{"schema":${nested('{"properties":{"a":', '{}', '}}')}}}`;
    const text = withSchema(plain).replace('"description":"ok"', `"description":"ok",${body}`);
    const folder = folderWith({ 'openapi.json': text });
    const { status, out } = run(folder, 'lint', '-f', 'json', 'openapi.json');
    expect([status, out]).toEqual([0, expect.stringContaining('not-modified-repeats-etag')]);
    const { out: said, err } = run(folder, 'fix', '--suggested', 'openapi.json');
    expect(said).toContain('its text can be read, but not safely changed: line 1, is nested too deeply');
    expect(err).toBe('');
  });

  test('a `$ref` in it keeps others from being fixed, since nobody knows what it leads to', () => {
    const deep = (refs: string) => `"x":${'{"a":'.repeat(600)}${refs}${'}'.repeat(600)}`;
    const folder = folderWith({ 'openapi.json': withSchema(plain, deep(reference)) });
    const { out } = run(folder, 'fix', '--suggested', 'openapi.json');
    expect(out).toContain('nested too deeply to see what it leads to');
    writeFileSync(join(folder, 'openapi.json'), withSchema(plain, deep('{}')));
    expect(run(folder, 'fix', '--suggested', 'openapi.json').out).not.toContain('nested too deeply');
  });

  test('references from component to component are not nested', () => {
    const schemas = Array.from(
      { length: levels },
      (_, i) => `"S${i}":{"allOf":[{"$ref":"#/components/schemas/S${i + 1}"}]}`,
    );
    const more = `"components":{"schemas":{${schemas.join()},"S${levels}":{"type":"integer"}}}`;
    const folder = folderWith({ 'openapi.json': withSchema('{"$ref":"#/components/schemas/S0"}', more) });
    const { out, err } = run(folder, 'lint', '-f', 'json', 'openapi.json');
    expect([out, err]).toEqual([expect.stringContaining('entity-tag-schema'), '']);
    expect(run(folder, 'fix', '--suggested', 'openapi.json').err).toBe('');
  });
});
