import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, utimesSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderWith } from '../files.js';

/** A program that serves a folder, on a port of the loopback interface. */
export interface ServerProgram {
  /** What has to be installed. */
  readonly program: string;
  /** Its arguments, after its configuration was written into a folder. */
  start(port: number, folder: string, site: string): readonly string[];
}

/** How each program tells its version, and the version whose behaviour is known. */
const versions: Readonly<Record<string, readonly [option: string, known: string]>> = {
  nginx: ['-v', 'nginx/1.22.'],
  apache2: ['-v', 'Apache/2.4.'],
  lighttpd: ['-v', 'lighttpd/1.4.'],
  caddy: ['version', '2.6.'],
};

/** Why a program cannot be tried here; `undefined` if it can. */
export function whyNotHere({ program }: ServerProgram): string | undefined {
  const [option, known] = versions[program] ?? [];
  if (option === undefined || known === undefined) return undefined;
  const { stdout, stderr, error } = spawnSync(program, [option], { env: withSbin(), encoding: 'utf8' });
  if (error !== undefined) return `${program} is not installed`;
  return (stdout + stderr).includes(known) ? undefined : `${program} is another version than ${known}x`;
}

/** Debian puts servers where only an administrator finds them. */
function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
}

function configured(folder: string, name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function nginx(lines: string): ServerProgram {
  return {
    program: 'nginx',
    start(port, folder, site) {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (kind) => `${kind}_temp_path ${folder}/${kind};`,
      );
      const text = `daemon off; user root; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error;
events {}
http {
  access_log off; ${temporary.join(' ')}
  types { application/json json; }
  gzip_types application/json;
  ${lines}
  server { listen 127.0.0.1:${port}; root ${site}; }
}
`;
      return ['-p', folder, '-e', `${folder}/error`, '-c', configured(folder, 'nginx.conf', text)];
    },
  };
}

function apache(lines: string): ServerProgram {
  return {
    program: 'apache2',
    start(port, folder, site) {
      const modules = ['mpm_event', 'authz_core', 'mime', 'filter', 'deflate', 'headers'].map(
        (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
      );
      const text = `${modules.join('\n')}
ServerName localhost
ServerRoot ${folder}
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
ErrorLog ${folder}/error
User www-data
TypesConfig /dev/null
AddType application/json .json
DocumentRoot ${site}
<Directory ${site}>
Require all granted
</Directory>
${lines}
`;
      return ['-f', configured(folder, 'apache.conf', text), '-DFOREGROUND'];
    },
  };
}

function lighttpd(lines: string): ServerProgram {
  return {
    program: 'lighttpd',
    start(port, folder, site) {
      const text = `server.bind = "127.0.0.1"
server.port = ${port}
server.document-root = "${site}"
server.errorlog = "${folder}/error"
mimetype.assign = ( ".json" => "application/json" )
${lines}
`;
      return ['-D', '-f', configured(folder, 'lighttpd.conf', text)];
    },
  };
}

function caddy(lines: string): ServerProgram {
  return {
    program: 'caddy',
    start(port, folder, site) {
      const text = `{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  bind 127.0.0.1
  root * ${site}
  ${lines}
  file_server
}
`;
      return ['run', '--config', configured(folder, 'Caddyfile', text), '--adapter', 'caddyfile'];
    },
  };
}

/** A server that is a module for Node, which listens on the port that its first argument names. */
function nodeModule(source: string): ServerProgram {
  return {
    program: 'node',
    start: (port, folder, site) => [configured(folder, 'server.mjs', source), String(port), site],
  };
}

const begin = 'const [, , port, site] = process.argv;\n';

/** The servers, as they are set up when nothing is said, and with compression. */
export const serverPrograms: Readonly<Record<string, ServerProgram>> = {
  'nginx 1.22': nginx(''),
  'nginx 1.22, `etag off`': nginx('etag off;'),
  'nginx 1.22, `gzip on`': nginx('gzip on;'),
  'nginx 1.22, `gzip on`, `gzip_vary on`': nginx('gzip on; gzip_vary on;'),
  'nginx 1.22, `expires 1h`': nginx('expires 1h;'),
  'Apache httpd 2.4': apache(''),
  'Apache httpd 2.4, `FileETag None`': apache('FileETag None'),
  'Apache httpd 2.4, `SetOutputFilter DEFLATE`': apache('SetOutputFilter DEFLATE'),
  'Apache httpd 2.4, DEFLATE, `DeflateAlterETag NoChange`': apache(
    'SetOutputFilter DEFLATE\nDeflateAlterETag NoChange',
  ),
  'lighttpd 1.4': lighttpd(''),
  'lighttpd 1.4, `static-file.etags = "disable"`': lighttpd('static-file.etags = "disable"'),
  'lighttpd 1.4, mod_deflate': lighttpd(
    'server.modules = ( "mod_deflate" )\ndeflate.mimetypes = ( "application/json" )\ndeflate.allowed-encodings = ( "gzip" )',
  ),
  'Caddy 2.6': caddy(''),
  'Caddy 2.6, `encode gzip`': caddy('encode gzip'),
  'Express 5.3, `response.json`': nodeModule(`import express from 'express';
import { readFileSync } from 'node:fs';
${begin}const app = express();
app.get('/a.json', (request, response) => response.json(JSON.parse(readFileSync(site + '/a.json', 'utf8'))));
app.listen(Number(port), '127.0.0.1');
`),
  'Express 5.3, `express.static`': nodeModule(`import express from 'express';
${begin}express().use(express.static(site)).listen(Number(port), '127.0.0.1');
`),
  'Express 5.3, `express.static`, compression 1.8': nodeModule(`import compression from 'compression';
import express from 'express';
${begin}express().use(compression()).use(express.static(site)).listen(Number(port), '127.0.0.1');
`),
  'Fastify 5.12, @fastify/etag 6.2': nodeModule(`import etag from '@fastify/etag';
import Fastify from 'fastify';
import { readFileSync } from 'node:fs';
${begin}const app = Fastify();
await app.register(etag);
app.get('/a.json', () => JSON.parse(readFileSync(site + '/a.json', 'utf8')));
await app.listen({ port: Number(port), host: '127.0.0.1' });
`),
  'send 1.2': nodeModule(`import http from 'node:http';
import send from 'send';
${begin}http.createServer((request, response) => send(request, request.url, { root: site }).pipe(response)).listen(Number(port), '127.0.0.1');
`),
  'serve-handler 6.1': nodeModule(`import http from 'node:http';
import handler from 'serve-handler';
${begin}http.createServer((request, response) => handler(request, response, { public: site })).listen(Number(port), '127.0.0.1');
`),
  'serve-handler 6.1, `etag: true`': nodeModule(`import http from 'node:http';
import handler from 'serve-handler';
${begin}http.createServer((request, response) => handler(request, response, { public: site, etag: true })).listen(Number(port), '127.0.0.1');
`),
};

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isConnected = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return isConnected;
}

/** How often to look whether a server has started, a tenth of a second apart. */
const mostLooks = 300;

/**
 * Starts a server that serves `/a.json`, which was last changed a day ago.
 *
 * @param modules a folder with the packages that servers for Node import
 */
export async function started(server: ServerProgram, modules: string) {
  const folder = server.program === 'node' ? modules : folderWith({});
  const site = folderWith({ 'a.json': JSON.stringify({ text: 'text '.repeat(1000) }) });
  const yesterday = new Date(Date.now() - 86_400_000);
  utimesSync(join(site, 'a.json'), yesterday, yesterday);
  for (const path of [folder, site]) chmodSync(path, 0o755);
  const port = await freePort();
  const env = { ...withSbin(), HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child: ChildProcess = spawn(server.program, server.start(port, folder, site), {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  for (let look = 0; !(await isOpen(port)); look++) {
    if (child.exitCode !== null || look === mostLooks) throw new Error(`${server.program} does not start: ${said}`);
    await sleep(100);
  }
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    async stop() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}
