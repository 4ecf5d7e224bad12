import { describe, expect, test } from 'vitest';
import { faultRules } from '../../src/observe/observer.js';
import { foreignTag } from '../../src/observe/validators.js';
import { describedBy, observedIn, type ShortExchange } from './exchanges.js';

const { named } = describedBy('  /a: {get: {responses: {}}, put: {responses: {}}}');
const get = named('GET /a');
const tag = { ETag: '"1"' };
const monday = 'Mon, 02 Mar 2026 10:00:00 GMT';
const tuesday = 'Tue, 03 Mar 2026 10:00:00 GMT';
const wednesday = 'Wed, 04 Mar 2026 10:00:00 GMT';
const ask = (value: string) => ({ 'If-None-Match': value });
const since = (value: string) => ({ 'If-Modified-Since': value });

/** For each rule: exchanges with one fault, and the same exchanges without it. */
const cases: readonly (readonly [rule: string, what: string, wrong: ShortExchange[], right: ShortExchange[]])[] = [
  [
    'observed-if-none-match-heeded',
    'its own tag is answered with the representation',
    [{ response: tag }, { request: ask('"1"'), response: tag }],
    [{ response: tag }, { request: ask('"1"'), status: 304, response: tag }],
  ],
  [
    'observed-if-none-match-heeded',
    'HEAD, too',
    [{ method: 'HEAD', content: '', request: ask('"1"'), response: tag }],
    [{ method: 'HEAD', content: '', request: ask('"1"'), response: { ETag: '"2"' } }],
  ],
  [
    'observed-if-none-match-heeded',
    'a range, too, since the condition comes first',
    [{ status: 206, request: { ...ask('"1"'), Range: 'bytes=0-1' }, response: tag }],
    [{ status: 206, request: { ...ask('"2"'), Range: 'bytes=0-1' }, response: tag }],
  ],
  [
    'observed-if-none-match-list',
    'the tag is not found in a list',
    [{ request: ask('"0", "1"'), response: tag }],
    [{ request: ask('"0", "2"'), response: tag }],
  ],
  [
    'observed-if-none-match-weak',
    'a weak tag does not match the strong one',
    [{ request: ask('W/"1"'), response: tag }],
    [{ request: ask('W/"1"'), status: 304, response: tag }],
  ],
  [
    'observed-if-none-match-weak',
    'a strong tag does not match the weak one',
    [{ request: ask('"1"'), response: { ETag: 'W/"1"' } }],
    [{ request: ask('"1"'), status: 304, response: { ETag: 'W/"1"' } }],
  ],
  [
    'observed-if-none-match-any',
    '`*` is answered with the representation',
    [{ request: ask('*') }],
    [{ request: ask('*'), status: 304 }],
  ],
  [
    'observed-if-none-match-compared',
    'another tag is answered 304',
    [{ request: ask('"2"'), status: 304, response: tag }],
    [{ request: ask('"2", W/"1"'), status: 304, response: tag }],
  ],
  [
    'observed-if-none-match-compared',
    'a tag that no server gives is answered 304 without ETag',
    [{ request: ask(foreignTag), status: 304 }],
    [{ request: ask('"2"'), status: 304 }],
  ],
  [
    'observed-if-none-match-precedence',
    'the date is preferred',
    [{ request: { ...ask('"2"'), ...since(monday) }, status: 304, response: tag }],
    [{ request: { ...ask('"2"'), ...since(monday) }, response: { ...tag, 'Last-Modified': monday } }],
  ],
  [
    'observed-if-modified-since-heeded',
    'its own date is answered with the representation',
    [{ request: since(monday), response: { 'Last-Modified': monday } }],
    [{ request: since(monday), status: 304, response: { 'Last-Modified': monday } }],
  ],
  [
    'observed-if-modified-since-later',
    'a later date is answered with the representation',
    [{ request: since(tuesday), response: { 'Last-Modified': monday, Date: wednesday } }],
    // A date in the future has to be ignored.
    [{ request: since(wednesday), response: { 'Last-Modified': monday, Date: tuesday } }],
  ],
  [
    'observed-if-modified-since-compared',
    'an earlier date is answered 304',
    [{ request: since(monday), status: 304, response: { 'Last-Modified': tuesday } }],
    [{ request: since(tuesday), status: 304, response: { 'Last-Modified': tuesday } }],
  ],
  [
    'observed-if-modified-since-compared',
    'an earlier date is answered 304, by the Last-Modified of the answer before it',
    [{ response: { 'Last-Modified': tuesday } }, { request: since(monday), status: 304 }],
    [{ response: { 'Last-Modified': tuesday } }, { request: since(tuesday), status: 304 }],
  ],
  [
    'observed-precondition-failed-not-when-revalidating',
    'a condition is answered 412',
    [{ request: ask('"1"'), status: 412, response: tag }],
    [{ request: { ...ask('"1"'), 'If-Match': '"0"' }, status: 412 }],
  ],
  [
    'observed-not-modified-without-content',
    'content comes after a 304',
    [{ request: ask('"1"'), status: 304, content: 'text' }],
    [{ request: ask('"1"'), status: 304, content: '' }],
  ],
  [
    'observed-not-modified-repeats-fields',
    'a 304 lacks Cache-Control',
    [{ response: { ...tag, 'Cache-Control': 'no-cache' } }, { request: ask('"1"'), status: 304, response: tag }],
    [
      { response: { ...tag, 'Cache-Control': 'no-cache' } },
      { request: ask('"1"'), status: 304, response: { ...tag, 'cache-control': 'no-cache' } },
    ],
  ],
  [
    'observed-not-modified-repeats-fields',
    'a 304 lacks Vary, but not where the 200 was one to another request',
    [
      { request: { Accept: 'a/b' }, response: { ...tag, Vary: 'Accept' } },
      { request: { Accept: 'a/b', ...ask('"1"') }, status: 304, response: tag },
    ],
    [
      { request: { Accept: 'a/b' }, response: { ...tag, Vary: 'Accept' } },
      { request: ask('"1"'), status: 304, response: tag },
    ],
  ],
  [
    'observed-not-modified-content-length',
    'a 304 says that there is no content',
    [{ response: tag }, { request: ask('"1"'), status: 304, response: { ...tag, 'Content-Length': '0' } }],
    [{ response: tag }, { request: ask('"1"'), status: 304, response: { ...tag, 'Content-Length': '4' } }],
  ],
  [
    'observed-not-modified-no-representation-metadata',
    'a 304 has a Content-Type',
    [{ request: ask('"1"'), status: 304, response: { ...tag, 'Content-Type': 'a/b' } }],
    [{ request: ask('"1"'), status: 304, response: { ...tag, 'Content-Location': '/a' } }],
  ],
  [
    'observed-not-modified-only-when-retrieving',
    'PUT is answered 304',
    [{ method: 'PUT', status: 304, request: ask('*') }],
    [{ method: 'PUT', status: 412, request: ask('*') }],
  ],
  ['observed-not-modified-asked-for', 'there was no condition', [{ status: 304 }], [{ status: 304, isWire: false }]],
  [
    'observed-head-repeats-validators',
    'HEAD lacks the ETag',
    [{ response: tag }, { method: 'HEAD', content: '' }],
    [{ response: tag }, { method: 'HEAD', content: '', response: tag }],
  ],
  [
    'observed-head-without-content',
    'content comes after the answer to HEAD',
    [{ method: 'HEAD', content: 'text' }],
    [{ method: 'HEAD', content: '' }],
  ],
  [
    'observed-entity-tag-syntax',
    'there are no quotation marks',
    [{ response: { ETag: '1' } }],
    [{ response: { ETag: 'W/"1"' } }],
  ],
  [
    'observed-http-date-syntax',
    'Last-Modified is in another form',
    [{ response: { 'Last-Modified': '2026-03-02T10:00:00Z' } }],
    [{ response: { 'Last-Modified': monday } }],
  ],
  [
    'observed-last-modified-in-past',
    'Last-Modified is later than Date',
    [{ response: { 'Last-Modified': tuesday, Date: monday } }],
    [{ response: { 'Last-Modified': tuesday, Date: tuesday } }],
  ],
  [
    'observed-entity-tag-stable',
    'the same content has another tag each time',
    [{ response: tag }, { response: { ETag: '"2"' } }],
    [{ response: tag }, { response: { ETag: '"2"' }, content: 'other' }],
  ],
  [
    'observed-entity-tag-distinct',
    'the tag is the same with a coding',
    [
      { request: { 'Accept-Encoding': 'identity' }, response: { ...tag, Vary: 'Accept-Encoding' } },
      {
        request: { 'Accept-Encoding': 'gzip' },
        response: { ...tag, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' },
        content: 'gz',
      },
    ],
    [
      { request: { 'Accept-Encoding': 'identity' }, response: { ...tag, Vary: 'Accept-Encoding' } },
      {
        request: { 'Accept-Encoding': 'gzip' },
        response: { ETag: 'W/"1"', 'Content-Encoding': 'gzip', Vary: 'accept-encoding' },
        content: 'gz',
      },
    ],
  ],
  [
    'observed-entity-tag-distinct',
    'the tag is the same for other content',
    [{ response: tag }, { response: tag, content: 'other' }],
    [{ response: tag }, { response: tag, content: null }],
  ],
  [
    'observed-vary-names-choice',
    'the type depends on Accept, and Vary does not say so',
    [
      { request: { Accept: 'a/b' }, response: { 'Content-Type': 'a/b' } },
      { request: { Accept: 'c/d' }, response: { 'Content-Type': 'c/d', Vary: 'Accept' } },
    ],
    [
      { request: { Accept: 'a/b' }, response: { 'Content-Type': 'a/b', Vary: '*' } },
      { request: { Accept: 'c/d' }, response: { 'Content-Type': 'c/d; charset=utf-8', Vary: 'Origin, Accept' } },
    ],
  ],
];

const faultsIn = (exchanges: readonly ShortExchange[]) =>
  observedIn(get, exchanges).operations.flatMap(({ faults }) => faults.map(({ rule }) => rule));

describe.each(cases)('%s: %s', (rule, _, wrong, right) => {
  test('is found, and nothing else', () => {
    expect(faultsIn(wrong)).toEqual([rule]);
  });

  test('is not found where the server is right', () => {
    expect(faultsIn(right)).toEqual([]);
  });
});

test('there is a case for each rule about servers', () => {
  expect([...new Set(cases.map(([rule]) => rule))]).toEqual(faultRules.map(({ id }) => id));
});

describe('a server that never looks at If-None-Match', () => {
  const ignoring = ['"1"', '"0", "1"', 'W/"1"', '*'].map((value) => ({ request: ask(value), response: tag }));

  test('is not also blamed for how it compares', () => {
    expect(faultsIn(ignoring)).toEqual(['observed-if-none-match-heeded']);
  });

  test('is blamed for each form if it knows another', () => {
    expect(faultsIn([{ request: ask('"1"'), status: 304, response: tag }, ...ignoring.slice(1)])).toEqual([
      'observed-if-none-match-list',
      'observed-if-none-match-weak',
      'observed-if-none-match-any',
    ]);
  });
});

test('what a browser recorded shows no fault that its cache may have caused', () => {
  const recorded: ShortExchange[] = [
    { request: ask('"1"'), response: tag },
    { request: since(monday), response: { 'Last-Modified': monday } },
    { request: ask('*') },
    { status: 304, content: 'text', response: { 'Content-Type': 'a/b', 'Content-Length': '0' } },
  ];
  expect(faultsIn(recorded.map((one) => ({ ...one, isWire: false })))).toEqual([]);
  expect(faultsIn(recorded).length).toBeGreaterThan(4);
});

test('a change between two requests is no fault', () => {
  const changing: ShortExchange[] = [
    { response: { ETag: '"1"', 'Last-Modified': monday, Date: monday }, content: 'one' },
    { request: ask('"1"'), response: { ETag: '"2"', 'Last-Modified': tuesday, Date: tuesday }, content: 'two' },
    {
      request: since(monday),
      response: { ETag: '"3"', 'Last-Modified': wednesday, Date: wednesday },
      content: 'three',
    },
  ];
  expect(faultsIn(changing)).toEqual([]);
});

test('answers to other users are not compared', () => {
  const answers = ['a', 'b'].map((user) => ({ request: { Authorization: user }, response: { ETag: `"${user}"` } }));
  expect(faultsIn(answers)).toEqual([]);
});

test('the answers to many URLs are remembered in bounded memory, and the latest are compared', () => {
  const operation = get;
  const many = Array.from({ length: 5000 }, (_, index) => `https://example.com/a?n=${index}`);
  const answers = many.map((url, index) => ({ url, response: { ETag: `"${index}"` } }));
  const [first = '', last = ''] = [many[0], many.at(-1)];
  const again = [first, last].map((url) => ({ url, response: { ETag: '"other"' } }));
  const [seen] = observedIn(operation, [...answers, ...again]).operations;
  expect(seen?.faults.map(({ rule, count }) => [rule, count])).toEqual([['observed-entity-tag-stable', 1]]);
});
