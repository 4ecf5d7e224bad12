import { afterEach, describe, expect, test } from 'vitest';
import { folderWith } from '../files.js';
import { asked, type Loopback, serving } from './loopback.js';
import { runBeside } from './run-beside.js';

let server: Loopback | undefined;
afterEach(() => server?.close());

const parameter = (name: string) => `parameters: [{name: ${name}, in: path, required: true, schema: {type: string}}]`;
const description = `openapi: 3.1.2
info: {title: T, version: '1'}
paths:
  /orders:
    get:
      responses:
        '200':
          description: ok
          links:
            first: {operationId: getOrder, parameters: {id: '$response.body#/orders/0/id'}}
            nowhere: {operationId: none, parameters: {id: '1'}}
            page: {operationRef: '#/paths/~1pages~1{page}/get', parameters: {path.page: 3}}
            user: {operationId: getUser, parameters: {user: '$request.query.user'}}
  /orders/{id}:
    ${parameter('id')}
    get:
      operationId: getOrder
      responses:
        '200':
          description: ok
          links:
            item: {operationId: getItem, parameters: {item: '$response.header.X-Item'}}
  /items/{item}:
    ${parameter('item')}
    get: {operationId: getItem, responses: {'200': {description: ok}}}
  /pages/{page}:
    ${parameter('page')}
    get: {responses: {'200': {description: ok}}}
  /users/{user}:
    ${parameter('user')}
    get: {operationId: getUser, responses: {'200': {description: ok}}}
  /other/{other}:
    ${parameter('other')}
    get: {responses: {'200': {description: ok}}}
`;

async function pathsAsked(text: string, parameters: Readonly<Record<string, string>> = {}) {
  const paths = new Set<string | undefined>();
  server = await serving(({ url }, response) => {
    paths.add(url);
    response.writeHead(200, { 'X-Item': 'a b' }).end(text);
  });
  const { operations } = await asked(server.url, { description, parameters });
  const untried = operations.filter((one) => one.untried !== undefined).map(({ template }) => template);
  return { paths: [...paths].toSorted(), untried };
}

describe('an operation without a value for its parameter is asked', () => {
  test('with the one that an earlier answer gives by its links, and so on', async () => {
    expect(await pathsAsked('{"orders":[{"id":7}]}')).toEqual({
      paths: ['/items/a%20b', '/orders', '/orders/7', '/pages/3'],
      untried: ['/users/{user}', '/other/{other}'],
    });
  });

  test('with the one that the user gives, before that', async () => {
    const { paths } = await pathsAsked('{"orders":[{"id":7}]}', { id: '8' });
    expect(paths).toContain('/orders/8');
    expect(paths).not.toContain('/orders/7');
  });

  test.each([
    ['is not JSON', 'text'],
    ['has no such member', '{"orders":[]}'],
    ['has an object there', '{"orders":[{"id":{}}]}'],
    ['would lead to another path', '{"orders":[{"id":".."}]}'],
  ])('not at all if the answer %s', async (_, text) => {
    const { paths, untried } = await pathsAsked(text);
    expect(paths).toEqual(['/orders', '/pages/3']);
    expect(untried).toEqual(['/orders/{id}', '/items/{item}', '/users/{user}', '/other/{other}']);
  });
});

test('--plan names these operations, and counts their requests', async () => {
  const folder = folderWith({ 'openapi.yaml': description });
  const { out } = await runBeside(folder, 'observe', 'openapi.yaml', '--server', 'http://127.0.0.1:1', '--plan');
  expect(out).toContain('GET /orders/{id}: with a value from an earlier answer, at most 16 times\n');
  expect(out).toContain('Untried: GET /other/{other}: there is no value for its path parameter other.');
  expect(out).toContain('At most 80 requests, with GET and HEAD only. Nothing was sent.');
});
