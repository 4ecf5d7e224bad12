import { describe, expect, test } from 'vitest';
import { findingsWithPrefix, pathItem, response } from './rule-findings.js';

describe('partial-content-repeats-etag', () => {
  const tagged = response('ETag');
  const at = (member: string) => [` /paths//a/get/responses/206${member}`];

  test.each([
    ['without headers', tagged, '{description: p}', at('')],
    ['with other headers', tagged, response('Content-Range'), at('/headers')],
    ['with ETag, whatever its case', tagged, response('etag'), []],
    ['where the 200 has none', response('Last-Modified'), '{description: p}', []],
    ['whose headers cannot be read', tagged, "{description: p, headers: {$ref: '#/nowhere'}}", []],
    ['that cannot be read', tagged, "{$ref: '#/nowhere'}", []],
  ])('a 206 %s', async (_, whole, partial, expected) => {
    const body = pathItem({ get: ['Range', `{'200': ${whole}, '206': ${partial}}`] });
    expect(await findingsWithPrefix('partial-content-repeats-etag', body)).toEqual(expected);
  });

  test('reports nothing on POST, which has no ranges, nor for a 206 that stands alone', async () => {
    const both = `{'200': ${tagged}, '206': {description: p}}`;
    expect(await findingsWithPrefix('partial-content-', pathItem({ post: ['', both] }))).toEqual([]);
    expect(await findingsWithPrefix('partial-content-', pathItem({ get: ['', "{'206': {description: p}}"] }))).toEqual(
      [],
    );
  });
});
