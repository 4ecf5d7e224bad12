import { describe, expect, test } from 'vitest';
import { discharge } from '../../src/obligation.js';
import { descriptionRules } from '../../src/observe/description-rules.js';
import { bound, observedRules } from '../../src/observe/observed-rules.js';
import { catalogue } from '../../src/catalogue.js';
import { describedBy, findingsAfter, observedIn, type ShortExchange } from './exchanges.js';

const tag = { ETag: '"1"' };
const ok: ShortExchange = { response: tag };
const notModified: ShortExchange = {
  request: { 'If-None-Match': '"1"' },
  status: 304,
  response: { ...tag, 'Cache-Control': 'no-cache' },
};
const etag = 'headers: {ETag: {schema: {type: string}}}';
const parameter = 'parameters: [{name: If-None-Match, in: header, schema: {type: string}}]';
const whole = `  /a: {get: {${parameter}, responses: {'200': {description: ok, ${etag}}, '304': {description: u, headers: {ETag: {}, Cache-Control: {}}}}}}`;

/** For each rule: a description that disagrees with the exchanges, the operation, the exchanges, and where the finding points. */
const cases: readonly (readonly [
  rule: string,
  paths: string,
  label: string,
  exchanges: ShortExchange[],
  at: string,
])[] = [
  [
    'observed-not-modified-undocumented',
    `  /a: {get: {${parameter}, responses: {'200': {description: ok, ${etag}}}}}`,
    'GET /a',
    [ok, notModified],
    'paths//a/get/responses',
  ],
  [
    'observed-not-modified-fields-undocumented',
    `  /a: {get: {${parameter}, responses: {'200': {description: ok, ${etag}}, '304': {description: u, ${etag}}}}}`,
    'GET /a',
    [ok, notModified],
    'paths//a/get/responses/304/headers',
  ],
  [
    'observed-validator-undocumented',
    `  /a: {get: {responses: {'200': {description: ok}}}}`,
    'GET /a',
    [ok],
    'paths//a/get/responses/200',
  ],
  [
    'observed-precondition-undocumented',
    whole.replace(`${parameter}, `, ''),
    'GET /a',
    [ok, notModified],
    'paths//a/get',
  ],
  [
    'observed-failure-undocumented',
    `  /a: {put: {responses: {'204': {description: ok}}}}`,
    'PUT /a',
    [{ method: 'PUT', status: 412 }],
    'paths//a/put/responses',
  ],
  [
    'observed-validator-missing',
    `  /a: {get: {responses: {'200': {description: ok, ${etag}}}}}`,
    'GET /a',
    [{}],
    'paths//a/get/responses/200/headers/ETag',
  ],
  [
    'observed-not-modified-missing',
    `  /a: {get: {responses: {'200': {description: ok, ${etag}}, '304': {description: u}}}}`,
    'GET /a',
    [{ request: { 'If-None-Match': '"1"' }, response: tag }],
    'paths//a/get/responses/304',
  ],
];

describe.each(cases)('%s', (rule, paths, label, exchanges, at) => {
  test('points at the part of the description that disagrees, and no other rule about descriptions finds anything', () => {
    const { description, named } = describedBy(paths);
    const found = findingsAfter(description, named(label), exchanges);
    // What the server does wrong is found by rules of its own.
    const findings = found.filter((one) => descriptionRules.some(({ id }) => id === one.rule.id));
    expect(findings.map((finding) => [finding.rule.id, finding.place.path.join('/')])).toEqual([[rule, at]]);
    expect(findings[0]?.message).toMatch(/^Expected .*\(RFC .*\)\.$/);
  });

  test('says nothing where nothing was seen', () => {
    const { description, named } = describedBy(paths);
    expect(findingsAfter(description, named(label), [])).toEqual([]);
  });
});

test('there is a case for each rule about descriptions', () => {
  expect(cases.map(([rule]) => rule)).toEqual(descriptionRules.map(({ id }) => id));
});

test('a description that says what the server does has no finding', () => {
  const { description, named } = describedBy(whole);
  expect(findingsAfter(description, named('GET /a'), [ok, notModified])).toEqual([]);
});

test('the fix documents a 304 with the fields that it had, as the 200 defines them', () => {
  const { description, named } = describedBy(
    `  /a: {get: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string, maxLength: 9}}}}}}}`,
  );
  const [finding] = findingsAfter(description, named('GET /a'), [ok, notModified]);
  const [violation] = finding?.violations ?? [];
  expect(finding?.fix).toBe('safe');
  expect(violation && discharge(violation.obligation)).toMatchObject([
    {
      op: 'add',
      path: ['paths', '/a', 'get', 'responses', '304'],
      value: {
        description: 'Not Modified',
        headers: {
          ETag: { schema: { type: 'string', maxLength: 9 } },
          'Cache-Control': { schema: { type: 'string' } },
        },
      },
    },
  ]);
});

test.each([
  ['fits', `headers: {ETag: {}, Cache-Control: {}}`, true],
  ['lacks a field that was seen', `headers: {ETag: {}}`, false],
  ['has a validator that was not seen', `headers: {ETag: {}, Cache-Control: {}, Last-Modified: {}}`, false],
  ['has content', `content: {a/b: {}}, headers: {ETag: {}, Cache-Control: {}}`, false],
])('the fix refers to a shared 304 only if it fits: one that %s', (_, members, isUsed) => {
  const { description, named } = describedBy(
    `  /a: {get: {responses: {'200': {description: ok, ${etag}}}}}`,
    `components: {responses: {NotModified: {description: u, ${members}}}}`,
  );
  const [finding] = findingsAfter(description, named('GET /a'), [ok, notModified]);
  const [violation] = finding?.violations ?? [];
  const patch = violation === undefined ? [] : discharge(violation.obligation);
  expect(JSON.stringify(patch.map((change) => 'value' in change && change.value)).includes('$ref')).toBe(isUsed);
});

test('how often something was tried in vain is said', () => {
  const { description, named } = describedBy(cases[6]?.[1] ?? '');
  const tried: ShortExchange = { request: { 'If-None-Match': '"1"' }, response: tag };
  const [finding] = findingsAfter(description, named('GET /a'), [tried, tried, tried]);
  expect(finding?.message).toBe(
    'Expected 304 from GET /a: it documents 304, and the server answered none of 3 conditional requests with it (RFC 9110 §13.1.2).',
  );
});

test('each finding has an exchange that shows it, without secrets', () => {
  const { named } = describedBy(whole);
  const operation = named('GET /a');
  const request = { 'If-None-Match': '"1"', Authorization: 'S3CRET' };
  const { rules, evidenceFor } = bound(observedIn(operation, [{ request, response: tag }]));
  const shown = rules.flatMap((rule) => [...rule.obligations(operation)].map((one) => evidenceFor(operation, one)));
  const seen = { method: 'GET', status: 200, request: { 'If-None-Match': '"1"', Authorization: '…' } };
  // The description promises what the server does not do, and HTTP asks the server for it.
  expect(shown).toMatchObject([seen, seen]);
});

describe.each(observedRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('has a summary of one sentence, a rationale, an exception, and sections of RFCs', () => {
    expect(id).toMatch(/^observed-[a-z-]+$/);
    expect(rule.summary).toMatch(/^[A-Z][^]*\.$/);
    expect(rule.summary.split('. ')).toHaveLength(1);
    expect(rule.rationale).toMatch(/^[A-Z].*\.$/);
    expect(rule.exceptions).toMatch(/^[A-Z].*\.$/);
    expect(rule.cites.length).toBeGreaterThan(0);
    for (const { section } of rule.cites) expect(section.url).toMatch(/^https:\/\/www\.rfc-editor\.org\/rfc\//);
  });
});

test('no rule about what was seen has the id of another rule', () => {
  const ids = [...catalogue, ...observedRules].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
