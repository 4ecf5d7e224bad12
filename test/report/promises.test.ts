import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { promisesOf } from '../../src/report/promises.js';
import { folderWith } from '../files.js';
import { run } from '../hosts/cli/run.js';
import { sourcesInMemory } from '../sources-in-memory.js';

const etag = 'headers: {ETag: {schema: {type: string}}}';
const promising = `get: {responses: {'200': {description: ok, ${etag}}, '304': {description: same}}}`;
const silent = `get: {responses: {'200': {description: ok}}}`;
const names = ['kept', 'promised', 'seen', 'neither', 'untried'];
const description = `openapi: 3.1.2
info: {title: T, version: '1'}
paths:
  /kept: {${promising}}
  /promised: {${promising}}
  /seen: {${silent}}
  /neither: {${silent}}
  /untried: {${promising}, put: {responses: {'204': {description: ok}}}}
`;

/** What was seen of a GET: whether there was an ETag, and how many conditional requests were answered. */
function seen(name: string, hasTag: boolean, asked: number, answered: number) {
  return {
    method: 'GET',
    template: `/${name}`,
    responses: {
      '200': { count: 2, fields: hasTag ? { ETag: 2 } : {} },
      ...(answered > 0 && { '304': { count: answered, fields: {} } }),
    },
    ifNoneMatch: { asked, answered },
    ifModifiedSince: { asked: 0, answered: 0 },
    faults: [],
  };
}

const observations = {
  format: 1 as const,
  operations: [
    seen('kept', true, 2, 2),
    seen('promised', false, 0, 0),
    seen('seen', true, 1, 1),
    seen('neither', false, 0, 0),
    { ...seen('untried', false, 0, 0), responses: { '401': { count: 1, fields: {} } } },
  ],
};

const states = (counts: readonly number[]) => Object.fromEntries(names.map((name, index) => [name, counts[index]]));

describe('the promises of a description are', () => {
  const { root, reader } = sourcesInMemory(parse(description));

  test('kept, never seen, seen without a promise, neither, or not tried', () => {
    expect(promisesOf(root, reader, observations)).toEqual({
      validator: states([1, 1, 1, 1, 1]),
      notModified: states([1, 1, 1, 1, 1]),
    });
  });

  test('not tried where nothing was seen', () => {
    const untried = states([0, 0, 0, 0, 5]);
    expect(promisesOf(root, reader, { format: 1, operations: [] })).toEqual({
      validator: untried,
      notModified: untried,
    });
  });

  test.each([
    ['not tried where there was a validator and nobody asked with it', seen('kept', true, 0, 0), [0, 0, 0, 0, 5]],
    [
      'never seen where conditional requests were answered with the representation',
      seen('kept', true, 3, 0),
      [0, 1, 0, 0, 4],
    ],
  ])('%s', (_, one, counts) => {
    expect(promisesOf(root, reader, { format: 1, operations: [one] }).notModified).toEqual(states(counts));
  });
});

describe('report --observed', () => {
  const folder = folderWith({ 'openapi.yaml': description, 'seen.json': JSON.stringify(observations) });
  const report = (...args: string[]) => run(folder, 'report', '--observed', 'seen.json', ...args);

  test('shows them in Markdown, on the page and in JSON', () => {
    const rows = ['promised and seen', 'promised, never seen', 'seen, not promised', 'neither', 'not tried'];
    const { out } = report('openapi.yaml');
    expect(out).toContain('## Promised and seen\n\n|  | Validator | 304 |');
    for (const row of rows) expect(out).toContain(`| ${row} | 1 | 1 |`);
    const page = report('openapi.yaml', '-f', 'html').out;
    for (const row of rows)
      expect(page).toContain(`<th scope="row">${row}</th><td class="n">1</td><td class="n">1</td>`);
    expect(JSON.parse(report('openapi.yaml', '-f', 'json').out).promises.notModified).toEqual(states([1, 1, 1, 1, 1]));
  });

  test('is about one description, and needs what observe has saved', () => {
    writeFileSync(join(folder, 'other.yaml'), description);
    expect(report('openapi.yaml', 'other.yaml')).toMatchObject({
      status: 2,
      err: '--observed is about the server of one description: name that one.\n',
    });
    expect(run(folder, 'report', '--observed', 'openapi.yaml', 'openapi.yaml').err).toContain(
      '--observed openapi.yaml: it is not JSON. Make one with `observe --save',
    );
  });
});
