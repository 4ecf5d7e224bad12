import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { folderWith } from '../files.js';
import { cli } from '../hosts/cli/run.js';

const description = `openapi: 3.1.2
info: {title: T, version: '1'}
paths:
  /a:
    get:
      parameters: [{name: If-None-Match, in: header, schema: {type: string}}]
      responses:
        '200': {description: ok, headers: {ETag: {}}}
        '304': {description: same, headers: {ETag: {}}}
`;

/** Makes a key, and a certificate for the loopback interface that is signed with it. */
function certified(folder: string): boolean {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  return (
    spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files])
      .status === 0
  );
}

test('over TLS, a server with a certificate that is trusted is asked, and no other', async ({ skip }) => {
  const folder = folderWith({ 'openapi.yaml': description });
  if (!certified(folder)) skip('openssl is not installed');
  let requests = 0;
  const files = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
  const server = createServer({ key: files[0], cert: files[1] }, (socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      requests++;
      const head = chunk.toString();
      const isFalse = /if-none-match: (?:.*"1"|\*)/i.test(head);
      const isGet = head.startsWith('GET');
      const status = isFalse ? '304 Not Modified' : '200 OK\r\nContent-Length: 4';
      // Content comes after a 304, which Node's server of HTTP would not send.
      socket.end(`HTTP/1.1 ${status}\r\nETag: "1"\r\nConnection: close\r\n\r\n${isGet ? 'text' : ''}`);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const observe = (env: NodeJS.ProcessEnv) =>
    promisify(execFile)(
      process.execPath,
      [cli, 'observe', 'openapi.yaml', '--server', address, '--rate', '1000', '-f', 'json'],
      {
        cwd: folder,
        env: { ...process.env, ...env },
      },
    ).catch((failure) => failure);
  const strange = await observe({});
  expect([requests, strange.stdout]).toEqual([0, '[]']);
  expect(strange.stderr).toContain('the connection failed (DEPTH_ZERO_SELF_SIGNED_CERT)');
  const trusted = await observe({ NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') });
  server.close();
  expect(requests).toBeGreaterThan(5);
  expect((JSON.parse(trusted.stdout) as { code: string }[]).map(({ code }) => code)).toEqual([
    'observed-not-modified-without-content',
  ]);
});
