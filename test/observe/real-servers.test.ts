import { beforeAll, describe, expect, test } from 'vitest';
import { folderWith, read } from '../files.js';
import { install } from '../packed.js';
import { asked } from './loopback.js';
import { serverPrograms, started, whyNotHere } from './real-servers.js';

/** A description that promises nothing. */
const description = `openapi: 3.1.2
paths:
  /a.json: {get: {responses: {'200': {description: ok}}}}
`;

/** What the page says of each server: the rules that find something. */
const table = new Map(
  [...read('examples/observe/README.md').matchAll(/^\| ((?!server|---).*?) +\| (nothing|\[observed-.*?) +\|$/gm)].map(
    ([, name = '', found = '']) => [name, [...found.matchAll(/\[(observed-[\w-]+)\]/g)].map(([, id]) => id)],
  ),
);

const packages = [
  'express@5.3.0',
  'fastify@5.12.8',
  '@fastify/etag@6.2.0',
  'send@1.2.1',
  'serve-handler@6.1.8',
  'compression@1.8.2',
];

describe('a server on this machine does what examples/observe/README.md says:', () => {
  let modules = '';
  let whyNoModules: string | undefined;
  beforeAll(async () => {
    modules = folderWith({ 'package.json': '{"private": true, "type": "module"}' });
    await install(modules, ...packages).catch((error: Error) => {
      whyNoModules = `${packages.join(', ')} cannot be installed: ${error.message.split('\n', 1)[0]}`;
    });
  });

  test.for(Object.entries(serverPrograms))('%s', async ([name, program], { skip }) => {
    const why = program.program === 'node' ? whyNoModules : whyNotHere(program);
    if (why !== undefined) skip(why);
    const server = await started(program, modules);
    try {
      const { operations } = await asked(server.url, { description });
      expect(operations[0]?.responses['200']?.count).toBeGreaterThan(3);
      expect(operations[0]?.faults.map(({ rule }) => rule)).toEqual(table.get(name));
    } finally {
      await server.stop();
    }
  });
});

test('the page has a row for each of these servers', () => {
  expect([...table.keys()]).toEqual(Object.keys(serverPrograms));
});
