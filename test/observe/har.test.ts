import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../files.js';
import { run } from '../hosts/cli/run.js';
import { readTraffic } from '../../src/hosts/cli/read-traffic.js';
import { Observer } from '../../src/observe/observer.js';
import { literally } from '../../src/observe/path-table.js';
import { describedBy } from './exchanges.js';
import { failureOf } from './failure-of.js';

const description = `openapi: 3.1.1
info: {title: T, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /a: {get: {responses: {'200': {description: ok}}}}
`;

interface HarHeaders {
  readonly [name: string]: string;
}

/** An entry of a HAR file. */
function entry(url: string, status: number, request: HarHeaders = {}, response: HarHeaders = {}, rest: object = {}) {
  const headers = (fields: HarHeaders) => Object.entries(fields).map(([name, value]) => ({ name, value }));
  return {
    request: { method: 'GET', url, headers: headers(request) },
    response: { status, headers: headers(response), content: { size: 2, text: '{}' } },
    ...rest,
  };
}

function har(entries: readonly unknown[], creator = 'a proxy') {
  return JSON.stringify({ log: { version: '1.2', creator: { name: creator, version: '1' }, entries } });
}

const a = 'https://api.example.com/a';
const ignored = entry(a, 200, { 'If-None-Match': '"1"' }, { ETag: '"1"' });

function observe(traffic: string | Buffer, ...args: string[]) {
  const folder = folderWith({ 'openapi.yaml': description });
  writeFileSync(join(folder, 't.har'), traffic);
  const { status, out, err } = run(folder, 'observe', 'openapi.yaml', '--traffic', 't.har', ...args);
  return { folder, status, out, err };
}

function rulesIn(out: string): string[] {
  return (JSON.parse(out) as { code: string }[]).map(({ code }) => code);
}

describe('a HAR file that cannot be used is named, with the place and the remedy:', () => {
  test.each([
    ['nothing', '', 't.har: it ends in the middle, after 0 whole entries: record it again'],
    ['other JSON', '{"a": 1}', 't.har: it is not a HAR file: it has no `log` with `entries`'],
    ['a list', '[1, 2]', 't.har: it is not a HAR file, which is a JSON object'],
    ['a ZIP archive', 'PK\u0003\u0004', 't.har: it is a ZIP archive: unpack it first'],
    ['a gzip file', Buffer.from([0x1f, 0x8b, 8, 0]), 't.har: it is compressed: unpack it with gunzip first'],
    [
      'a file that is cut short',
      har([ignored, ignored]).slice(0, -80),
      't.har: it ends in the middle, after 1 whole entries',
    ],
    [
      'broken JSON',
      har([ignored]).replace('"entries":[', '"entries":[\n\n oops'),
      't.har: line 3 is not JSON: export the traffic again',
    ],
    ['an entry without a request', har([ignored, { response: {} }]), 't.har: entry 2 has no request or no response'],
    ['a malformed URL', har([entry('a', 200)]), 't.har: entry 1 has a request whose URL is malformed'],
    [
      'headers as an object',
      har([{ ...ignored, response: { status: 200, headers: { ETag: '"1"' } } }]),
      't.har: entry 1 has headers that are not a list of names and values',
    ],
    ['no status', har([{ ...ignored, response: { headers: [] } }]), 't.har: entry 1 has a response without status'],
  ])('%s', async (_, text, message) => {
    const folder = folderWith({});
    writeFileSync(join(folder, 't.har'), text);
    const { description: described } = describedBy('  /a: {get: {responses: {}}}');
    const observer = new Observer(described.operations);
    const reading = readTraffic(['t.har'], observer, described, new URL('https://api.example.com'), folder);
    await expect(reading).rejects.toThrow(new RegExp(`^${literally(message)}[^\n]*$`));
  });

  test('a missing one', () => {
    const folder = folderWith({ 'openapi.yaml': description });
    expect(run(folder, 'observe', 'openapi.yaml', '--traffic', 'no.har')).toEqual({
      status: 2,
      out: '',
      err: 'no.har: no such file\n',
    });
  });
});

describe('what is wrong on the command line is answered with the remedy:', () => {
  test.each([
    [['openapi.yaml'], 'Name recorded traffic with --traffic FILE.har, or a server to ask with --server URL.'],
    [['--traffic', 't.har'], 'Name one OpenAPI description.'],
    [['openapi.yaml', 'openapi.yaml', '--traffic', 't.har'], 'Name one OpenAPI description.'],
    [['no.yaml', '--traffic', 't.har'], 'no.yaml: no such file'],
    [['t.har', '--traffic', 't.har'], 't.har:1:1: Not an OpenAPI description'],
    [['broken.yaml', '--traffic', 't.har'], 'broken.yaml:2:'],
    [['openapi.yaml', '--traffic', 't.har', '--ignore', 'observed'], "Unknown rule 'observed'. Did you mean observed-"],
    [['openapi.yaml', '--traffic', 't.har', '--server', 'example'], '--server: expected the address of a server'],
    [['openapi.yaml', '--traffic', 't.har', '--server', 'ftp://example.com'], 'begins with http:// or https://'],
    [
      ['openapi.yaml', '--traffic', 't.har', '--server', 'https://u:p@example.com'],
      'leave out the user name and the password',
    ],
    [
      ['openapi.yaml', '--traffic', 't.har', '--server', 'https://other.example.com'],
      'none of which belongs to an operation',
    ],
    [['openapi.yaml', '--traffic', 't.har', '--save', 'openapi.yaml'], 'is one of the descriptions'],
  ])('%j', async (args, message) => {
    const folder = folderWith({
      'openapi.yaml': description,
      't.har': har([ignored]),
      'broken.yaml': 'openapi: 3.1.1\npaths: [\n',
    });
    expect(await failureOf(folder, ...args)).toContain(message);
    expect(readFileSync(join(folder, 'openapi.yaml'), 'utf8')).toBe(description);
  });
});

test('what belongs to no operation is counted, with the reason, and what to do', () => {
  const { err, status } = observe(
    har([
      entry(a, 200),
      entry('https://fonts.example.com/x?key=S3CRET', 200),
      entry('https://api.example.com/b?key=S3CRET', 200),
      { ...entry(a, 200), request: { method: 'POST', url: a, headers: [] } },
      entry(a, 0),
      entry(a, 200, {}, {}, { _fromCache: 'disk' }),
      entry('data:text/plain,x', 200),
    ]),
  );
  expect(status).toBe(0);
  expect(err.trim().split('\n')).toEqual([
    'Read 7 exchanges, 1 of them with 1 of 1 operation.',
    'Left out: 1 exchange with servers that the description does not name (https://fonts.example.com). If one of them is the API, name it with --server URL.',
    'Left out: 1 exchange with paths that the description does not have (GET https://api.example.com/b).',
    'Left out: 1 exchange with methods that the description does not have there (POST https://api.example.com/a).',
    'Left out: 1 exchange, not answered.',
    'Left out: 1 exchange, answered by a cache.',
    'Left out: 1 exchange, not sent over HTTP.',
  ]);
});

test('what a proxy recorded shows a fault that a browser may have caused itself', () => {
  const found = 'observed-if-none-match-heeded';
  expect(rulesIn(observe(har([ignored]), '-f', 'json').out)).toContain(found);
  for (const browser of ['WebInspector', 'Firefox', 'Playwright'])
    expect(rulesIn(observe(har([ignored], browser), '-f', 'json').out)).not.toContain(found);
  const withBrowser = JSON.parse(har([]));
  const log = { browser: { name: 'x' }, ...withBrowser.log, entries: [ignored] };
  expect(rulesIn(observe(JSON.stringify({ log }), '-f', 'json').out)).not.toContain(found);
});

describe('the length that a 304 gives is compared with that of the content of the 200', () => {
  const shorter = entry(a, 304, { 'If-None-Match': '"1"' }, { ETag: '"1"', 'Content-Length': '1' });
  const after = (content: object, fields: HarHeaders = {}) => {
    const { request, response } = entry(a, 200, {}, { ETag: '"1"', ...fields });
    return rulesIn(observe(har([{ request, response: { ...response, content } }, shorter]), '-f', 'json').out);
  };
  const found = 'observed-not-modified-content-length';

  test.each([
    ['text', { size: 2, text: '{}' }],
    ['octets', { size: 2, text: 'e30=', encoding: 'base64' }],
  ])('if the file has it as it was transferred: %s', (_, content) => {
    expect(after(content)).toContain(found);
  });

  test.each([
    ['without the coding that it had', { size: 2, text: '{}' }, { 'Content-Encoding': 'gzip' }],
    ['as Unicode, which had another charset', { size: 1, text: '\u00e9' }, {}],
    ['without a length', { text: '{}' }, {}],
    ['with replaced octets', { size: 3, text: '\uFFFD' }, {}],
  ])('and not if the file has it %s', (_, content, fields) => {
    const rules = after(content, fields);
    expect(rules).toContain('observed-not-modified-undocumented');
    expect(rules).not.toContain(found);
  });
});

test('content with replaced octets is not taken for the same', () => {
  const changed = (tag: string, text: string) => {
    const { request, response } = entry(a, 200, {}, { ETag: tag });
    return { request, response: { ...response, content: { size: 4, text } } };
  };
  const found = (text: string) => rulesIn(observe(har([changed('"1"', text), changed('"2"', text)]), '-f', 'json').out);
  expect(found('cafe')).toContain('observed-entity-tag-stable');
  expect(found('caf\uFFFD')).toEqual(['observed-validator-undocumented']);
});

test('a 200 that a browser took from its cache is the 304 that the server sent', () => {
  const stored = { ...entry(a, 200, { 'If-None-Match': '"1"' }, { ETag: '"1"' }) };
  const shown = { ...stored, response: { ...stored.response, bodySize: 0 } };
  const found = rulesIn(observe(har([shown], 'Playwright'), '-f', 'json').out);
  expect(found).toContain('observed-not-modified-undocumented');
  const sent = { ...stored, response: { ...stored.response, bodySize: 2 } };
  expect(rulesIn(observe(har([sent], 'Playwright'), '-f', 'json').out)).toEqual(['observed-validator-undocumented']);
});

test('--ignore leaves out what a rule finds, and --fail-severity decides the exit code', () => {
  expect(observe(har([ignored])).status).toBe(1);
  const ignoring = ['--ignore', 'observed-if-none-match-heeded'];
  const { status, out } = observe(har([ignored]), ...ignoring, '-f', 'json');
  expect([status, rulesIn(out)]).toEqual([0, ['observed-validator-undocumented']]);
  expect(observe(har([ignored]), ...ignoring, '--fail-severity', 'info').status).toBe(1);
});

describe('the output', () => {
  const secret = 'S3CRET';
  const traffic = har([
    entry(
      `${a}?api_key=${secret}`,
      200,
      { Authorization: secret, Cookie: secret },
      { ETag: '"1"', 'Set-Cookie': secret },
    ),
    entry(
      `${a}?api_key=${secret}`,
      200,
      { Authorization: secret, Cookie: secret, 'If-None-Match': '"1"' },
      { ETag: '"1"', 'Set-Cookie': secret, Authorization: secret },
    ),
  ]);

  test.each(['code-frame', 'json', 'sarif'])('in %s is the same in each run, and holds no secret', (format) => {
    const runs = [1, 2].map(() => observe(traffic, '-f', format, '--save', 'seen.json'));
    const [first, second] = runs.map(({ folder, out, err }) => (out + err).replaceAll(folder, ''));
    expect(first).toBe(second);
    expect(first).toContain('observed-if-none-match-heeded');
    const saved = runs.map(({ folder }) => readFileSync(join(folder, 'seen.json'), 'utf8'));
    expect(saved[0]).toBe(saved[1]);
    expect(first + (saved[0] ?? '')).not.toContain(secret);
  });

  test('in SARIF has the request and the answer that show a finding', () => {
    const { out } = observe(traffic, '-f', 'sarif');
    const [{ results }] = JSON.parse(out).runs;
    const heeded = results.find((one: { ruleId: string }) => one.ruleId === 'observed-if-none-match-heeded');
    expect(heeded).toMatchObject({
      webRequest: {
        protocol: 'HTTP',
        method: 'GET',
        target: 'https://api.example.com/a?api_key=…',
        headers: { 'If-None-Match': '"1"', Authorization: '…' },
      },
      webResponse: { protocol: 'HTTP', statusCode: 200, headers: { ETag: '"1"', 'Set-Cookie': '…' } },
    });
  });
});

describe('fix --observed', () => {
  const notModified = entry(a, 304, { 'If-None-Match': '"1"' }, { ETag: '"1"' });
  const traffic = har([entry(a, 200, {}, { ETag: '"1"' }), notModified]);

  test('documents what was seen, after which neither lint nor observe finds anything', () => {
    const { folder, out } = observe(traffic, '--save', 'seen.json');
    expect(out).toContain('\nconditional-requests fix --observed observations.json fixes 3 of them.\n');
    expect(run(folder, 'fix', '--observed', 'seen.json', 'openapi.yaml').status).toBe(0);
    expect(readFileSync(join(folder, 'openapi.yaml'), 'utf8')).toContain("'304': {");
    expect(JSON.parse(run(folder, 'lint', '-f', 'json', 'openapi.yaml').out)).toEqual([]);
    expect(JSON.parse(run(folder, 'observe', 'openapi.yaml', '--traffic', 't.har', '-f', 'json').out)).toEqual([]);
    expect(run(folder, 'fix', '--observed', 'seen.json', '--check', 'openapi.yaml').status).toBe(0);
  });

  test('makes no suggestion that was not seen', () => {
    const { folder } = observe(har([entry(a, 200)]), '--save', 'seen.json');
    const promising = description.replace('ok}', 'ok, headers: {ETag: {schema: {type: string}}}}');
    writeFileSync(join(folder, 'openapi.yaml'), promising);
    const { out } = run(folder, 'fix', '--observed', 'seen.json', 'openapi.yaml');
    expect(out).toContain('left       1 × not-modified-documented (a suggestion about the server: --suggested)');
    expect(readFileSync(join(folder, 'openapi.yaml'), 'utf8')).toBe(promising);
  });

  test.each([
    ['no file', undefined, 'no such file'],
    ['no JSON', 'x', 'it is not JSON'],
    ['other JSON', '{}', 'it holds no observations'],
    [
      'a later format',
      '{"format": 2, "operations": []}',
      'another version of this package wrote it, in a format that this one does not read',
    ],
    ['a broken operation', '{"format": 1, "operations": [{"method": "GET"}]}', 'operation 1 in it lacks a member'],
  ])('refuses %s, and says why', (_, text, reason) => {
    const folder = folderWith({ 'openapi.yaml': description, ...(text !== undefined && { 'x.json': text }) });
    const { status, err } = run(folder, 'fix', '--observed', 'x.json', 'openapi.yaml');
    expect([status, err]).toEqual([2, expect.stringContaining(`--observed x.json: ${reason}`)]);
  });

  test('refuses several descriptions, since they have several servers', () => {
    const { folder } = observe(traffic, '--save', 'seen.json');
    writeFileSync(join(folder, 'b.yaml'), description);
    const { status, err } = run(folder, 'fix', '--observed', 'seen.json', 'openapi.yaml', 'b.yaml');
    expect([status, err]).toEqual([2, '--observed is about the server of one description: name that one.\n']);
  });
});
