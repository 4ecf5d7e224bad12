import { describe, expect, test } from 'vitest';
import { Description } from '../../src/model/description.js';
import { OperationFinder } from '../../src/observe/servers.js';
import { sourcesInMemory } from '../sources-in-memory.js';
import { describedBy } from './exchanges.js';

const ok = 'get: {responses: {}}';

/** The operation that a request belongs to, or why there is none. */
function finderFor(paths: string, rest = '', server?: string) {
  const { description } = describedBy(paths, rest);
  const finder = new OperationFinder(description.operations, server === undefined ? undefined : new URL(server));
  return (request: string) => {
    const [method = '', url = ''] = request.split(' ');
    const match = finder.find(method, new URL(url));
    return match.operation === undefined ? match.why : match.operation.label;
  };
}

describe('a request belongs to the operation', () => {
  const find = finderFor(
    `
  /orders: {${ok}, post: {responses: {}}}
  /orders/mine: {${ok}}
  /orders/{id}: {${ok}, head: {responses: {}}}
  /orders/{id}/items/{item}: {${ok}}
  /orders/mine/items/first: {${ok}}
  /files/{name}.{extension}: {${ok}}
  /files/{name}: {${ok}}
  /files/readme.md: {${ok}}
  /{anything}/else: {${ok}}
  /caf%C3%A9/{id}: {${ok}}
  /: {${ok}}`,
    'servers: [{url: https://example.com/v1/}]',
  );

  test.each([
    ['GET', '/orders', 'GET /orders'],
    ['POST', '/orders?x=/orders/1', 'POST /orders'],
    ['GET', '/orders/1', 'GET /orders/{id}'],
    ['GET', '/orders/mine', 'GET /orders/mine'],
    ['GET', '/orders/a%2Fb', 'GET /orders/{id}'],
    ['HEAD', '/orders/1', 'HEAD /orders/{id}'],
    // A HEAD is a GET without content.
    ['HEAD', '/orders', 'GET /orders'],
    ['GET', '/orders/mine/items/first', 'GET /orders/mine/items/first'],
    // The concrete segment leads nowhere here, so that the template counts.
    ['GET', '/orders/mine/items/2', 'GET /orders/{id}/items/{item}'],
    ['GET', '/orders/else', 'GET /orders/{id}'],
    ['GET', '/other/else', 'GET /{anything}/else'],
    ['GET', '/files/readme.md', 'GET /files/readme.md'],
    ['GET', '/files/a.pdf', 'GET /files/{name}.{extension}'],
    ['GET', '/files/a', 'GET /files/{name}'],
    ['GET', '/café/1', 'GET /caf%C3%A9/{id}'],
    ['GET', '/', 'GET /'],
    ['DELETE', '/orders', 'no such method'],
    ['GET', '/orders/', 'no such path'],
    ['GET', '/orders/1/', 'no such path'],
    ['GET', '/nothing/here/at/all', 'no such path'],
  ])('%s %s → %s', (method, path, found) => {
    expect(find(`${method} https://example.com/v1${path}`)).toBe(found);
  });

  test.each(['https://example.com/v2/orders', 'https://example.com/v10/orders', 'http://example.com/v1/orders'])(
    'of no server at %s',
    (url) => {
      expect(find(`GET ${url}`)).toBe('another server');
    },
  );
});

describe('the servers are', () => {
  test.each([
    ['those of the operation', `get: {servers: [{url: 'https://o.example.com'}], responses: {}}`, 'o'],
    ['those of the path', `servers: [{url: 'https://p.example.com'}], ${ok}`, 'p'],
    ['those of the description', ok, 'd'],
  ])('%s', (_, item, host) => {
    const find = finderFor(`  /a: {${item}}`, "servers: [{url: 'https://d.example.com'}]");
    for (const one of ['o', 'p', 'd'])
      expect(find(`GET https://${one}.example.com/a`)).toBe(one === host ? 'GET /a' : 'another server');
  });

  test('on any host, if they are relative or missing', () => {
    expect(finderFor(`  /a: {${ok}}`, 'servers: [{url: /v1}]')('GET http://localhost:8080/v1/a')).toBe('GET /a');
    expect(finderFor(`  /a: {${ok}}`, 'servers: [{url: v1}]')('GET http://localhost:8080/a')).toBe('another server');
    expect(finderFor(`  /a: {${ok}}`)('GET http://localhost:8080/a')).toBe('GET /a');
  });

  test('with the values of their variables, or any where none are listed', () => {
    const find = finderFor(
      `  /a: {${ok}}`,
      `servers: [{url: 'https://{region}.example.com/{base}', variables: {region: {enum: [eu, us], default: eu}, base: {default: v1}}}]`,
    );
    expect(find('GET https://eu.example.com/v1/a')).toBe('GET /a');
    expect(find('GET https://us.example.com/v2/a')).toBe('GET /a');
    expect(find('GET https://as.example.com/v1/a')).toBe('another server');
  });

  test('the one with the longest base path, if several fit', () => {
    const find = finderFor(
      `  /a: {${ok}}\n  /v1/a: {post: {responses: {}}}`,
      'servers: [{url: https://example.com}, {url: https://example.com/v1}]',
    );
    expect(find('GET https://example.com/v1/a')).toBe('GET /a');
  });

  test('the one that the user names, and no other', () => {
    const find = finderFor(`  /a: {${ok}}`, 'servers: [{url: https://example.com}]', 'http://127.0.0.1:8080/base');
    expect(find('GET http://127.0.0.1:8080/base/a')).toBe('GET /a');
    expect(find('GET https://example.com/a')).toBe('another server');
  });

  test.each([
    [{ host: 'example.com', basePath: '/v1', schemes: ['https'] }, 'https://example.com/v1/a', 'GET /a'],
    [{ host: 'example.com', basePath: '/v1', schemes: ['https'] }, 'http://example.com/v1/a', 'another server'],
    [{ host: 'example.com:8080' }, 'http://example.com:8080/a', 'GET /a'],
    [{ basePath: '/v1/' }, 'http://localhost/v1/a', 'GET /a'],
  ])('in version 2.0, host, base path and schemes: %j', (members, url, found) => {
    const data = { swagger: '2.0', ...members, paths: { '/a': { get: { responses: {} } } } };
    const { root, reader } = sourcesInMemory(data);
    const match = new OperationFinder(new Description(root, reader, 'all').operations).find('GET', new URL(url));
    expect(match.operation?.label ?? ('why' in match && match.why)).toBe(found);
  });
});

describe('expressions that are only a part of a segment', () => {
  const many = Array.from({ length: 20 }, (_, index) => `{p${index}}`).join('-');
  const find = finderFor(
    `
  /a/{x}-{y}: {${ok}}
  /b/{x}{y}: {${ok}}
  /c/v{x}: {${ok}}
  /d/{x}.json: {${ok}}
  /e/{x}aba{y}: {${ok}}
  /f/${many}!: {${ok}}`,
  );

  test.each([
    ['/a/1-2', true],
    ['/a/---', true],
    ['/a/--', false],
    ['/a/1', false],
    ['/b/12', true],
    ['/b/1', false],
    ['/c/v1', true],
    ['/c/v', false],
    ['/c/1v', false],
    ['/d/a.json', true],
    ['/d/.json', false],
    ['/d/a.yaml', false],
    ['/e/1ababa2', true],
    ['/e/aba2', false],
    // A regular expression with twenty gaps would try for ever.
    [`/f/${'-'.repeat(2000)}`, false],
    [`/f/${'-'.repeat(2000)}!`, true],
  ])('%.20s: %j', (path, isFound) => {
    expect(find(`GET https://example.com${path}`) === 'no such path').toBe(!isFound);
  });

  test('and many variables in the address of a server do not make a long URL slow', () => {
    for (const count of [4, 20]) {
      const url = `https://example.com/${Array.from({ length: count }, (_, index) => `{v${index}}`).join('-')}!`;
      const finder = finderFor(`  /a: {${ok}}`, `servers: [{url: '${url}'}, {url: 'https://example.com/v1'}]`);
      expect(finder(`GET https://example.com/${'-'.repeat(2000)}`)).toBe('another server');
      expect(finder('GET https://example.com/v1/a')).toBe('GET /a');
    }
  });
});
