import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderWith } from '../files.js';
import { keptDescription, type Loopback, serving, servingRightBut } from './loopback.js';
import { failureOf } from './failure-of.js';
import { runBeside } from './run-beside.js';

/** A description of what {@link servingRightBut} does that says nothing of conditional requests. */
const silentDescription = `openapi: 3.1.2
info: {title: T, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json: {}
  /b/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: ok}}
`;

let right: Loopback;
beforeAll(async () => {
  right = await servingRightBut({});
});
afterAll(() => right.close());

const observe = (folder: string, ...args: string[]) =>
  runBeside(folder, 'observe', 'openapi.yaml', '--rate', '100000', ...args);

describe('--server', () => {
  test('asks, says beforehand how much, and names what could not be tried', async () => {
    const folder = folderWith({ 'openapi.yaml': silentDescription });
    const { status, out, err } = await observe(folder, '--server', right.url.href, '-f', 'json');
    expect(status).toBe(0);
    expect((JSON.parse(out) as { code: string }[]).map(({ code }) => code)).toEqual([
      'observed-precondition-undocumented',
      'observed-not-modified-undocumented',
      'observed-validator-undocumented',
      'observed-validator-undocumented',
    ]);
    expect(err.split('\n')).toEqual([
      `Asking ${right.url.origin} about 1 operation: at most 16 requests, 100000 in a second.`,
      'Sent 15 requests.',
      'Untried: GET /b/{id}: there is no value for its path parameter id. Pass --param id=VALUE, or add an example to the description.',
      '',
    ]);
  });

  test('and a description without any 304: after fix --observed, neither lint nor observe finds anything', async () => {
    const folder = folderWith({ 'openapi.yaml': silentDescription });
    const args = ['--server', right.url.href, '--param', 'id=1', '--save', 'seen.json'];
    expect((await observe(folder, ...args, '-F', 'hint')).status).toBe(1);
    const fixed = await runBeside(folder, 'fix', '--observed', 'seen.json', 'openapi.yaml');
    expect([fixed.status, fixed.out]).toEqual([0, expect.stringMatching(/declined 0, left 0\.\n$/)]);
    const text = readFileSync(join(folder, 'openapi.yaml'), 'utf8');
    expect(text.match(/'?304'?:/g)?.length).toBe(2);
    expect(text).toContain('Last-Modified');
    expect(JSON.parse((await runBeside(folder, 'lint', '-f', 'json', 'openapi.yaml')).out)).toEqual([]);
    expect(await observe(folder, ...args, '-F', 'hint', '-f', 'json')).toMatchObject({ status: 0, out: '[]' });
  });

  test('and a right description finds nothing, and says so', async () => {
    const folder = folderWith({ 'openapi.yaml': keptDescription });
    const { status, out } = await observe(folder, '--server', right.url.href, '-F', 'hint');
    expect([status, out]).toEqual([0, 'The description and the server agree in all that was seen.\n']);
  });

  test('sends the base path, and saves the same at every run', async () => {
    const folder = folderWith({ 'openapi.yaml': keptDescription });
    const paths = new Set<string | undefined>();
    const server = await serving(({ url }, response) => void (paths.add(url), response.end('text')));
    const saved: string[] = [];
    for (const name of ['1.json', '2.json']) {
      await observe(folder, '--server', `${server.url.href}base/v1/`, '--save', name);
      saved.push(readFileSync(join(folder, name), 'utf8'));
    }
    server.close();
    expect([...paths]).toEqual(['/base/v1/a']);
    expect(saved[0]).toBe(saved[1]);
  });

  test('never prints what --header holds, in any format, not even if the server repeats it', async () => {
    const folder = folderWith({ 'openapi.yaml': keptDescription });
    const secrets = new Set<string | undefined>();
    const server = await serving(({ headers }, response) => {
      secrets.add(headers.authorization);
      const echo = { 'X-Echo': String(headers.authorization), 'Set-Cookie': String(headers.authorization) };
      response.writeHead(200, { ETag: '"1"', ...echo }).end(headers.authorization);
    });
    for (const format of ['code-frame', 'json', 'sarif', 'html']) {
      const args = ['--server', server.url.href, '--header', 'Authorization: Bearer S3CRET', '--save', 'seen.json'];
      const { out, err, status } = await observe(folder, ...args, '-f', format);
      expect(status).toBe(1);
      expect(out + err + readFileSync(join(folder, 'seen.json'), 'utf8')).not.toContain('S3CRET');
    }
    server.close();
    expect([...secrets]).toEqual(['Bearer S3CRET']);
  });
});

describe('--plan', () => {
  test('prints the requests without sending any', async () => {
    let requests = 0;
    const server = await serving((_, response) => void (requests++, response.end()));
    const folder = folderWith({ 'openapi.yaml': silentDescription });
    const { status, out, err } = await observe(folder, '--server', server.url.href, '--plan');
    server.close();
    expect([status, err, requests]).toEqual([0, '', 0]);
    expect(out.split('\n')).toEqual([
      `GET /a: GET ${server.url.origin}/a, at most 16 times`,
      'Untried: GET /b/{id}: there is no value for its path parameter id. Pass --param id=VALUE, or add an example to the description.',
      'At most 16 requests, with GET and HEAD only. Nothing was sent.',
      '',
    ]);
  });

  test('hides values that may be secrets', async () => {
    const folder = folderWith({
      'openapi.yaml': silentDescription.replace(
        '    get:\n      responses:',
        '    get:\n      parameters: [{name: api_key, in: query}]\n      responses:',
      ),
    });
    const { out } = await observe(folder, '--server', 'http://127.0.0.1:1', '--plan', '--param', 'api_key=S3CRET');
    expect(out).toContain('/a?api_key=…');
    expect(out).not.toContain('S3CRET');
  });
});

describe('what is wrong on the command line is answered with the remedy, and without secrets:', () => {
  test.each([
    [['--param', 'id'], '--param id: expected a name and a value, such as --param orderId=1.'],
    [['--header', 'S3CRET'], "--header: expected a field, such as 'Accept-Language: de'."],
    [['--header', 'If-None-Match: S3CRET'], '--header If-None-Match: observe sets this field itself.'],
    [['--header', 'A: S3CRET\nB: c'], "--header: expected a field, such as 'Accept-Language: de'."],
    [['--rate', '0'], '--rate 0: expected a number greater than 0, and at most 1000000.'],
    [['--max-requests', 'x'], '--max-requests x: expected a number'],
    [['--timeout', '-1'], '--timeout'],
    [['--server', 'https://u:S3CRET@example.com'], '--server: leave out the user name and the password'],
    [['--server', 'https://example.com?key=S3CRET'], '--server: leave out the query and the fragment.'],
    [['--traffic', 'x.har', '--plan'], '--plan is about a server to ask: leave out --traffic.'],
  ])('%j', async (args, message) => {
    const folder = folderWith({ 'openapi.yaml': silentDescription });
    const server = args.includes('--server') || args.includes('--traffic') ? [] : ['--server', 'http://127.0.0.1:1'];
    const failure = await failureOf(folder, 'openapi.yaml', ...server, ...args);
    expect(failure).toContain(message);
    expect(failure).not.toContain('S3CRET');
  });

  test('a description without anything to ask', async () => {
    const folder = folderWith({ 'openapi.yaml': 'openapi: 3.1.2\npaths: {/a: {post: {responses: {}}}}\n' });
    expect(await observe(folder, '--server', 'http://127.0.0.1:1')).toMatchObject({
      status: 2,
      err: 'No operation can be asked.\n',
    });
  });
});
