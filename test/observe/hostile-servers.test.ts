import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { asked, type Loopback, serving, servingRaw } from './loopback.js';

const servers: Loopback[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function started(starting: Promise<Loopback>): Promise<Loopback> {
  const server = await starting;
  servers.push(server);
  return server;
}

const untriedAt = async (starting: Promise<Loopback>, asking: Parameters<typeof asked>[1] = {}) => {
  const { operations, sent } = await asked((await started(starting)).url, asking);
  return {
    sent,
    untried: operations.map(({ untried }) => untried),
    faults: operations.flatMap(({ faults }) => faults),
  };
};

describe('a server that', () => {
  test('never answers costs one request, for no longer than --timeout', async () => {
    const silent = serving(() => {});
    expect(await untriedAt(silent, { patience: 200 })).toEqual({
      sent: 1,
      untried: [{ reason: 'it did not answer within 1 s', remedy: expect.stringContaining('--timeout') }],
      faults: [],
    });
  });

  test('begins to answer and stops is given up, too', async () => {
    const stopping = serving((_, response) => void response.writeHead(200, { ETag: '"1"' }).write('text'));
    expect(await untriedAt(stopping, { patience: 200 })).toMatchObject({ sent: 1, faults: [] });
  });

  test.each([
    ['without end', {}],
    ['of 10 GB', { 'Content-Length': '10000000000' }],
  ])('sends content %s is read up to a limit, and asked about its conditions', async (_, fields) => {
    const chunk = Buffer.alloc(1 << 20);
    let most = 0;
    const endless = serving(({ headers, method }, response) => {
      if (headers['if-none-match']?.includes('"1"')) return void response.writeHead(304, { ETag: '"1"' }).end();
      response.writeHead(200, { ETag: '"1"', ...fields });
      if (method === 'HEAD') return void response.end();
      let sent = 0;
      const send = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        most = Math.max(most, sent);
      };
      response.on('drain', send);
      return send();
    });
    const { sent, untried, faults } = await untriedAt(endless);
    expect(sent).toBeGreaterThan(5);
    expect(untried).toEqual([undefined]);
    expect(faults.map(({ rule }) => rule)).toEqual(['observed-if-none-match-any']);
    // More than what is read waits in the buffers of the system.
    expect(most).toBeLessThan(100e6);
  });

  test('redirects to another server leads to no request there', async () => {
    const requests: IncomingMessage[] = [];
    const other = await started(serving((request, response) => void (requests.push(request), response.end())));
    const redirecting = serving((_, response) => void response.writeHead(302, { Location: other.url.href }).end());
    const { sent, untried } = await untriedAt(redirecting, { fields: [['Authorization', 'S3CRET']] });
    expect(requests).toEqual([]);
    expect(sent).toBe(1);
    expect(untried).toEqual([
      { reason: 'the server answered 302', remedy: expect.stringContaining('Redirects are not followed') },
    ]);
  });

  test.each([
    ['no HTTP', 'SSH-2.0-x\r\n\r\n', 'its answer is not HTTP'],
    ['nothing, and hangs up', '', 'it closed the connection before the answer had ended'],
    ['a huge header', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 'the header of its answer is too large'],
    [
      'less than it says',
      'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ntext',
      'it closed the connection before the answer had ended',
    ],
  ])('sends %s is named as such', async (_, octets, reason) => {
    const { sent, untried } = await untriedAt(servingRaw((__, socket) => void socket.end(octets)));
    expect([sent, untried]).toEqual([1, [{ reason, remedy: expect.any(String) }]]);
  });

  test('is not there is named as such', async () => {
    const gone = await serving(() => {});
    gone.close();
    const { operations } = await asked(gone.url);
    expect(operations[0]?.untried?.reason).toBe('nothing listens at that address');
  });
});

const three = `openapi: 3.1.2
paths:
  /a: {get: {responses: {'200': {description: ok}}}}
  /b/{id}: {get: {parameters: [{name: id, in: path, required: true, example: 1}], responses: {'200': {description: ok}}}}
  /c: {get: {responses: {'200': {description: ok}}}}
`;

describe('what could not be tried is named, with what would make it possible:', () => {
  test.each([
    [401, {}, "Pass credentials: --header 'Authorization: …'."],
    [403, {}, "Pass credentials: --header 'Authorization: …'."],
    [404, {}, 'Name something that exists: --param id=VALUE.'],
    [400, {}, "Pass what the request lacks: --param NAME=VALUE, or --header 'NAME: VALUE'."],
    [500, {}, 'Look in the log of the server.'],
  ])('%i', async (status, fields, remedy) => {
    const answering = serving((_, response) => void response.writeHead(status, fields).end());
    const { sent, untried } = await untriedAt(answering, { description: three });
    expect(sent).toBe(3);
    expect(untried[1]).toEqual({ reason: `the server answered ${status}`, remedy });
  });

  test.each([
    [429, {}],
    [503, { 'Retry-After': '60' }],
  ])('%i, after which nothing more is asked', async (status, fields) => {
    const answering = serving((_, response) => void response.writeHead(status, fields).end());
    const { sent, untried } = await untriedAt(answering, { description: three });
    // The operations are asked at the same time.
    expect(sent).toBeLessThanOrEqual(3);
    expect(untried).toEqual(
      Array.from({ length: 3 }, () => ({
        reason: `the server answered ${status}, and nothing more was asked`,
        remedy: 'Try again later, with a lower --rate.',
      })),
    );
  });

  test('a limit on the requests', async () => {
    let requests = 0;
    const counting = serving((_, response) => void (requests++, response.writeHead(200, { ETag: '"1"' }).end('text')));
    const { sent, untried } = await untriedAt(counting, { description: three, mostRequests: 7 });
    expect([sent, requests]).toEqual([7, 7]);
    expect(untried.every((one) => one?.remedy === 'Allow more with --max-requests.')).toBe(true);
  });
});

test('only GET and HEAD are sent, to operations that retrieve, whatever is described', async () => {
  const seen = new Set<string>();
  const recording = await started(
    serving(({ method, url }, response) => void (seen.add(`${method} ${url}`), response.writeHead(200).end())),
  );
  const methods = ['put', 'post', 'delete', 'options', 'patch', 'trace', 'query'];
  const other = methods.map((method) => `${method}: {responses: {'200': {description: ok}}}`).join(', ');
  await asked(recording.url, {
    description: `openapi: 3.2.0\npaths:\n  /a: {get: {responses: {}}, ${other}}\n  /b: {${other}}\n  /c: {head: {responses: {}}}\n`,
  });
  expect([...seen].toSorted()).toEqual(['GET /a', 'HEAD /a', 'HEAD /c']);
});

test('the fields that the user gives go with each request, and no field of the command is replaced', async () => {
  const seen = new Set<string>();
  const recording = await started(
    serving(({ headers }, response) => {
      seen.add(`${headers.authorization} ${headers.accept} ${headers.connection}`);
      response.writeHead(200, { ETag: '"1"' }).end('text');
    }),
  );
  const observed = await asked(recording.url, {
    fields: [
      ['authorization', 'S3CRET'],
      ['Accept', 'a/b'],
    ],
  });
  expect([...seen]).toEqual(['S3CRET a/b close']);
  const shown = observed.operations.flatMap(({ faults, ...operation }) =>
    faults.map(({ rule, expected, seen: what }) => observed.evidence(operation, [rule, expected, what].join('\n'))),
  );
  expect(shown.length).toBeGreaterThan(0);
  expect(JSON.stringify([observed, shown])).not.toContain('S3CRET');
});
