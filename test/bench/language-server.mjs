// What the language server takes from a change to the diagnostics, by how long its parser takes to read the text once. The server
// does not wait for more to be typed here; how many lints that wait saves is counted in the end.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { load } from '@stoplight/yaml-ast-parser';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { stringify } from 'yaml';
import { median, mostlySchemas, root } from './describe.mjs';

/** A description of 0.9 MB in YAML, where somebody has put it beside the project. */
const real = join(root, '../shared/corpus/docs/XeroAPI__Xero-OpenAPI/xero_accounting.yaml');

const texts = {
  generated: stringify(mostlySchemas(1.7e6), { lineWidth: 0, aliasDuplicateObjects: false }),
  ...(existsSync(real) && { real: readFileSync(real, 'utf8') }),
};
const rounds = 40;
const uri = 'untitled:openapi.yaml';

const cli = join(root, 'dist/bin/conditional-requests.cjs');
const server = spawn(process.execPath, [cli, 'language-server', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const connection = createProtocolConnection(
  new StreamMessageReader(server.stdout),
  new StreamMessageWriter(server.stdin),
);
/** @type {number[]} the versions that diagnostics were published for */
const versions = [];
let notice = () => {};
connection.onNotification('textDocument/publishDiagnostics', (/** @type {{ version: number }} */ params) => {
  versions.push(params.version);
  notice();
});
connection.listen();

/** What was parsed last: whoever parses keeps that. */
const last = { tree: /** @type {unknown} */ (undefined) };

let version = 0;
/** Sends a version of the document, and waits for its diagnostics. */
async function diagnosed(/** @type {string} */ method, /** @type {object} */ change) {
  version++;
  const published = new Promise((resolve) => (notice = () => versions.at(-1) === version && resolve(undefined)));
  await connection.sendNotification(method, change);
  await published;
}

/** Types a character at the beginning of the document, where there is a comment, or takes it back. */
function typed(/** @type {boolean} */ isThere) {
  const start = { line: 0, character: 1 };
  const change = { range: { start, end: isThere ? { line: 0, character: 2 } : start }, text: isThere ? '' : 'x' };
  return { textDocument: { uri, version: version + 1 }, contentChanges: [change] };
}

async function timed(/** @type {() => unknown} */ task) {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

await connection.sendRequest('initialize', {
  processId: process.pid,
  rootUri: null,
  capabilities: {},
  initializationOptions: { debounce: 0 },
});
await connection.sendNotification('initialized', {});

for (const [name, body] of Object.entries(texts)) {
  const text = `#\n${body}`;
  console.log(`${name} description, ${(text.length / 1e6).toFixed(1)} MB of YAML, Node ${process.version}`);
  /** @type {number[]} */
  const parses = [];
  /** @type {number[]} */
  const lints = [];
  await diagnosed('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: version + 1, text } });
  for (let round = 0; round < rounds; round++) {
    parses.push(await timed(() => (last.tree = load(text, { ignoreDuplicateKeys: true }))));
    lints.push(await timed(() => diagnosed('textDocument/didChange', typed(round % 2 === 1))));
  }
  // The first half warms up both.
  const [parse, lint] = [parses, lints].map((times) => median(times.slice(rounds / 2)));
  console.log(
    `  from change to diagnostics ${lint?.toFixed(0)} ms, parsing once ${parse?.toFixed(0)} ms: ${((lint ?? 0) / (parse ?? 1)).toFixed(2)} times`,
  );
  await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await setTimeout(100);
}

const small = `#\n${readFileSync(join(root, 'examples/orders.yaml'), 'utf8')}`;
await diagnosed('textDocument/didOpen', {
  textDocument: { uri, languageId: 'yaml', version: version + 1, text: small },
});
await connection.sendNotification('workspace/didChangeConfiguration', { settings: { conditionalRequests: {} } });
await setTimeout(500);
const before = versions.length;
for (let character = 0; character < 10; character++) {
  await connection.sendNotification('textDocument/didChange', typed(false));
  version++;
  await setTimeout(20);
}
await setTimeout(1000);
console.log(`ten characters in 200 ms, as the server waits by default: ${versions.length - before} lint`);

await connection.sendRequest('shutdown');
await connection.sendNotification('exit');
connection.dispose();
