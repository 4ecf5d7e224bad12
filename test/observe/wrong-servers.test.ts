import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { check } from '../../src/check.js';
import { Description } from '../../src/model/description.js';
import { bound } from '../../src/observe/observed-rules.js';
import { sourcesInMemory } from '../sources-in-memory.js';
import { asked, isNamed, keptDescription, type Loopback, servingRaw, servingRightBut, type Wrong } from './loopback.js';

let server: Loopback | undefined;
afterEach(() => server?.close());

async function findingsAt(loopback: Loopback): Promise<string[]> {
  server = loopback;
  const observed = await asked(loopback.url);
  const { root, reader } = sourcesInMemory(parse(keptDescription));
  const description = new Description(root, reader, 'all');
  return bound(observed).rules.flatMap((rule) => check(rule, description).map((finding) => finding.rule.id));
}

test('a server that is right, and whose description says so, has no finding', async () => {
  expect(await findingsAt(await servingRightBut({}))).toEqual([]);
});

const without =
  (name: string, code: number): NonNullable<Wrong['fields']> =>
  (fields, status) => {
    if (status === code) delete fields[name];
  };

/** Servers with one fault each, and the rules that find it. Where the description promises what is not done, or leaves out
 * what is done instead, that is found, too. */
const wrong: Readonly<Record<string, readonly [Wrong, ...rules: string[]]>> = {
  'never looks at If-None-Match': [
    { decides: (byTag, byDate) => byTag === undefined && byDate === true },
    'observed-precondition-undocumented',
    'observed-if-none-match-heeded',
  ],
  'looks at no condition': [
    { decides: () => false },
    'observed-not-modified-missing',
    'observed-if-none-match-heeded',
    'observed-if-modified-since-heeded',
    'observed-if-modified-since-later',
  ],
  'compares the whole field': [
    { matches: (condition, tag) => condition === tag || condition === '*' || condition === `W/${tag}` },
    'observed-if-none-match-list',
  ],
  'compares strongly': [
    { matches: (condition, tag) => isNamed(condition, tag) && !condition.includes('W/') },
    'observed-if-none-match-weak',
  ],
  'does not know `*`': [
    { matches: (condition, tag) => condition !== '*' && isNamed(condition, tag) },
    'observed-if-none-match-any',
  ],
  'takes every tag for its own': [
    { matches: () => true },
    'observed-if-none-match-compared',
    'observed-if-none-match-precedence',
  ],
  'prefers the date': [{ decides: (byTag, byDate) => byDate ?? byTag ?? false }, 'observed-if-none-match-precedence'],
  'accepts only the very date': [
    { isUnmodified: (since, modified) => since.getTime() === modified.getTime() },
    'observed-if-modified-since-later',
  ],
  'takes every date for the last': [{ isUnmodified: () => true }, 'observed-if-modified-since-compared'],
  'answers 412': [{ status: 412 }, 'observed-precondition-failed-not-when-revalidating'],
  'gives another tag each time': [{ tag: (turn) => `"${turn}"` }, 'observed-entity-tag-stable'],
  'gives the tag of the plain content to the compressed one': [{ tag: () => '"1"' }, 'observed-entity-tag-distinct'],
  'leaves out Vary': [
    {
      fields: (fields) => {
        delete fields['Vary'];
      },
    },
    'observed-vary-names-choice',
  ],
  'leaves Cache-Control out of a 304': [
    { fields: without('Cache-Control', 304) },
    'observed-not-modified-repeats-fields',
  ],
  'leaves ETag out of a 304': [{ fields: without('ETag', 304) }, 'observed-not-modified-repeats-fields'],
  'gives a 304 a Content-Type': [
    {
      fields: (fields, status) => {
        if (status === 304) fields['Content-Type'] = 'application/json';
      },
    },
    'observed-not-modified-no-representation-metadata',
  ],
  'gives a 304 a wrong Content-Length': [
    {
      fields: (fields, status) => {
        if (status === 304) fields['Content-Length'] = '0';
      },
    },
    'observed-not-modified-content-length',
  ],
  'leaves the validators out of HEAD': [
    {
      fields: (fields, status, { method }) => {
        if (method === 'HEAD' && status === 200) delete fields['ETag'];
      },
    },
    'observed-head-repeats-validators',
  ],
  'gives a tag without quotation marks': [
    { tag: () => '1' },
    'observed-precondition-undocumented',
    'observed-entity-tag-syntax',
  ],
  'writes dates in another form': [
    {
      fields: (fields) => {
        fields['Last-Modified'] = '2026-03-02T10:00:00Z';
      },
    },
    'observed-http-date-syntax',
  ],
  'was changed in the future': [
    {
      fields: (fields) => {
        fields['Last-Modified'] = 'Fri, 01 Jan 2100 00:00:00 GMT';
      },
      isUnmodified: (since) => since.getUTCFullYear() >= 2100,
    },
    'observed-last-modified-in-past',
  ],
  'lost the ETag that the description promises': [
    {
      fields: (fields) => {
        delete fields['ETag'];
      },
    },
    'observed-precondition-undocumented',
    'observed-validator-missing',
  ],
};

describe('a server with one fault is found that', () => {
  test.each(Object.entries(wrong))('%s', async (_, [fault, ...rules]) => {
    const found = await findingsAt(await servingRightBut(fault));
    expect([...new Set(found)].toSorted()).toEqual(rules.toSorted());
  });
});

describe('octets that must not be there are found, which a parser of HTTP hides:', () => {
  const fields = 'ETag: "1"\r\nCache-Control: no-cache\r\nVary: Accept-Encoding\r\nConnection: close\r\n';

  /** Answers over a raw socket, with octets after the header of a 304 or of an answer to HEAD. */
  function rawly(after: { notModified?: string; head?: string; late?: boolean }) {
    return servingRaw((head, socket) => {
      const [, condition] = /if-none-match: (.*)\r\n/i.exec(head) ?? [];
      const isHead = head.startsWith('HEAD');
      const isFalse = condition !== undefined && isNamed(condition, '"1"');
      const extra = (isFalse ? after.notModified : isHead ? after.head : undefined) ?? '';
      const length = isFalse ? '' : 'Content-Length: 4\r\nContent-Type: application/json\r\n';
      const status = isFalse ? 'HTTP/1.1 304 Not Modified' : 'HTTP/1.1 200 OK';
      socket.write(`${status}\r\n${fields}${length}\r\n${isFalse || isHead ? '' : 'text'}`);
      if (after.late === true) setTimeout(() => socket.end(extra), 50);
      else socket.end(extra);
    });
  }

  const description = keptDescription.replaceAll('Last-Modified: {}, ', '');

  async function faultsAt(loopback: Loopback) {
    server = loopback;
    const { operations } = await asked(loopback.url, { description });
    return operations.flatMap(({ faults }) => faults.map(({ rule }) => rule));
  }

  test.each([
    ['content after a 304', { notModified: 'text' }, ['observed-not-modified-without-content']],
    ['the end of chunks after a 304', { notModified: '0\r\n\r\n' }, ['observed-not-modified-without-content']],
    ['content after a 304, later', { notModified: 'text', late: true }, ['observed-not-modified-without-content']],
    ['content after an answer to HEAD', { head: 'text' }, ['observed-head-without-content']],
    ['and nothing where there is nothing', {}, []],
  ])('%s', async (_, after, rules) => {
    expect(await faultsAt(await rawly(after))).toEqual(rules);
  });

  test('an interim response before the answer is none of them', async () => {
    const loopback = await servingRaw((head, socket) => {
      const isFalse =
        /if-none-match: .*"1"/i.test(head) || head.includes('if-none-match: *') || head.includes('If-None-Match: *');
      const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
      const body = isFalse || head.startsWith('HEAD') ? '' : 'text';
      const length = isFalse ? '' : 'Content-Length: 4\r\n';
      socket.end(`${hints}HTTP/1.1 ${isFalse ? '304 Not Modified' : '200 OK'}\r\n${fields}${length}\r\n${body}`);
    });
    expect(await faultsAt(loopback)).toEqual([]);
  });
});
