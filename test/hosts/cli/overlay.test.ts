import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ruleCalled } from '../../../src/catalogue.js';
import type { Result } from '../../../src/result.js';
import { namesOfSources } from '../../../src/sources.js';
import { folderWith } from '../../files.js';
import { families } from '../../bench/families.mjs';
import { run } from './run.js';

const etag = '{ETag: {schema: {type: string}}}';

/** A description in which each of some paths lacks a 304. */
function orders(...paths: readonly string[]): string {
  const items = paths.map(
    (path) => `  ${path}:
    get:
      parameters:
        - {name: If-None-Match, in: header, schema: {type: string}}
      responses:
        '200': {description: ok, headers: ${etag}}
`,
  );
  return `openapi: 3.1.0\ninfo: {title: Orders, version: '1'}\npaths:\n${items.join('')}`;
}

const rule = ruleCalled('not-modified-documented');
const sources = rule && namesOfSources(rule, []).join(', ');

const head = 'overlay: 1.0.0\ninfo: {title: By hand, version: "1"}\n';

/** Our action for a path of {@link orders}. */
function action(path: string): string {
  return `  - target: $.paths['${path}'].get
    description: not-modified-documented (${sources})
    x-conditional-requests: true
    update:
      responses:
        '304':
          description: Not Modified
          headers:
            ETag:
              schema:
                type: string
`;
}

/** A folder with a description and perhaps an overlay, and how to fix and read them. */
function project(description: string, overlay?: string, name = 'fix.overlay.yaml') {
  const folder = folderWith({ 'openapi.yaml': description, ...(overlay !== undefined && { [name]: overlay }) });
  const file = join(folder, name);
  return {
    folder,
    read: () => readFileSync(file, 'utf8'),
    write: (text: string) => writeFileSync(join(folder, 'openapi.yaml'), text),
    exists: () => existsSync(file),
    fix: (...args: readonly string[]) => run(folder, 'fix', '--suggested', '--overlay', name, ...args, 'openapi.yaml'),
    lint: (...args: readonly string[]) => run(folder, 'lint', '--overlay', name, ...args, 'openapi.yaml'),
  };
}

describe('fix --overlay', () => {
  test('writes the fixes as a new overlay, and leaves the description as it is', () => {
    const { folder, read, fix } = project(orders('/orders'));
    const { status, out } = fix();
    expect(status).toBe(0);
    expect(out).toContain('fix.overlay.yaml: action: 1 added.');
    expect(read()).toBe(`overlay: 1.0.0
info:
  title: Conditional requests of Orders
  version: 1.0.0
extends: ./openapi.yaml
actions:
${action('/orders')}`);
    expect(readFileSync(join(folder, 'openapi.yaml'), 'utf8')).toBe(orders('/orders'));
  });

  test('changes nothing when it runs again, and --check then finds nothing to do', () => {
    const { read, fix } = project(orders('/orders', '/items'));
    fix();
    const first = read();
    expect(fix().out).toContain('fix.overlay.yaml: up to date.');
    expect(read()).toBe(first);
    expect(fix('--check').status).toBe(0);
  });

  test('writes nothing where nothing is to be fixed and there is no overlay yet', () => {
    const { exists, fix } = project('openapi: 3.1.0\ninfo: {title: Orders, version: "1"}\npaths: {}\n');
    expect(fix().status).toBe(0);
    expect(exists()).toBe(false);
  });

  test('writes JSON where the name of the overlay ends so', () => {
    const { read, fix } = project(orders('/orders'), undefined, 'fix.json');
    fix();
    expect(JSON.parse(read())).toMatchObject({ overlay: '1.0.0', actions: [{ target: "$.paths['/orders'].get" }] });
    const first = read();
    fix();
    expect(read()).toBe(first);
  });

  test('keeps what is written by hand, with all comments, and brings only its own actions up to date', () => {
    const byHand = `# Ours
${head}actions:
  # The team of orders asks for this.
  - target: $.info   # the head
    update: {description: "All orders"}

${action('/gone').replace('    update:', '    # Agreed on.\n    update:')}${action('/orders').replace('Not Modified', 'Changed by nobody')}  # The last
  - {target: '$.paths', update: {x-order: [1, 2]}}
  # The end
`;
    const { read, fix } = project(orders('/orders', '/items'), byHand);
    const { out } = fix();
    expect(out).toContain('fix.overlay.yaml: actions: 1 added, 1 changed, 1 removed.');
    expect(read()).toBe(`# Ours
${head}actions:
  # The team of orders asks for this.
  - target: $.info   # the head
    update: {description: "All orders"}
  # Agreed on.
  # The last
  - {target: '$.paths', update: {x-order: [1, 2]}}
${action('/items')}${action('/orders')}  # The end
`);
    const first = read();
    fix();
    expect(read()).toBe(first);
  });

  test('puts its actions before those by hand that change what they have added', () => {
    const refined = `  - target: $.paths['/orders'].get.responses['304']\n    update: {description: As before}\n`;
    const { read, fix, lint } = project(orders('/orders'), `${head}actions:\n${action('/orders')}${refined}`);
    fix();
    expect(read()).toBe(`${head}actions:\n${action('/orders')}${refined}`);
    expect(lint('--fail-severity', 'hint').status).toBe(0);
  });

  test('makes no action where one by hand has done it already', () => {
    const own = `  - target: $.paths['/orders'].get\n    update: {responses: {'304': {description: As before, headers: ${etag}}}}\n`;
    const { read, fix } = project(orders('/orders'), `${head}actions:\n${action('/orders')}${own}`);
    fix();
    expect(read()).toBe(`${head}actions:\n${own}`);
  });

  test('fixes in the overlay what an action by hand has put there', () => {
    const wrong = `  - target: $.paths['/orders'].get
    update:
      responses:
        '304':
          description: As before   # really
          headers: ${etag}
          content: {text/plain: {}}
`;
    const { read, fix } = project(orders('/orders'), `${head}actions:\n${wrong}`);
    expect(fix().out).toContain(`fix.overlay.yaml\n  fixed      1 × not-modified-no-content`);
    expect(read()).toBe(`${head}actions:\n${wrong.replace('          content: {text/plain: {}}\n', '')}`);
  });

  test.each([
    ['used once, is fixed there', ['/orders'], true],
    ['used twice, stays as it is', ['/orders', '/items'], false],
  ] as const)('what an action has put there that refers to a reusable action, %s', (_, paths, isFixed) => {
    const { read, fix, lint } = project(orders(...paths), reusable(...paths));
    fix();
    const mended = reusable(...paths).replace('            content: {text/plain: {}}\n', '');
    const byHand = isFixed ? mended : reusable(...paths);
    expect(read().slice(0, byHand.length)).toBe(byHand);
    expect(lint('--ruleset', 'all').out).not.toContain('not-modified-no-content');
    expect(fix('--check').out).toContain('up to date');
  });

  test('fixes behind an action by hand what this has put in several places', () => {
    const wrong = `  - target: $.paths[*].get
    update: {responses: {'304': {description: As before, headers: ${etag}, content: {text/plain: {}}}}}
`;
    const { read, fix, lint } = project(
      orders('/orders', '/items'),
      `${head.replace('1.0.0', '1.1.0')}actions:\n${wrong}`,
    );
    fix();
    const { actions } = parse(read());
    expect(actions.slice(1).map(({ target, remove }: { target: string; remove: boolean }) => [target, remove])).toEqual(
      [
        ["$.paths['/items'].get.responses['304'].content", true],
        ["$.paths['/orders'].get.responses['304'].content", true],
      ],
    );
    expect(lint('--fail-severity', 'hint').status).toBe(0);
  });

  test.each(['fix.overlay.yaml', 'fix.overlay.json'])('says 1.1.0 in %s once an action selects a scalar', (name) => {
    const { read, write, fix } = project(orders('/orders'), undefined, name);
    fix();
    expect(parse(read()).overlay).toBe('1.0.0');
    write(`${orders('/orders')}  /items:
    get:
      parameters:
        - {name: If-None-Match, in: header, schema: {type: string}}
      responses:
        '200': {description: ok, headers: null}
        '304': {description: Not Modified}
`);
    fix();
    const { overlay, actions } = parse(read());
    expect(overlay).toBe('1.1.0');
    expect(actions).toContainEqual(
      expect.objectContaining({ target: "$.paths['/items'].get.responses['200'].headers" }),
    );
    expect(fix('--check').out).toContain('up to date');
  });

  test('leaves the version of an overlay that was begun by hand', () => {
    const own = '  - target: $.info\n    update: {x-own: 1}\n';
    const { read, fix } = project(
      orders('/orders').replace(`headers: ${etag}`, 'headers: null'),
      `${head}actions:\n${own}`,
    );
    expect(fix().out).toContain('the overlay would have to say `overlay: 1.1.0`');
    expect(read()).toBe(`${head}actions:\n${own}`);
  });

  test('keeps an overlay valid of which all actions have become stale', () => {
    const { read, fix, write } = project(orders('/orders'));
    fix();
    write(orders());
    fix();
    expect(parse(read()).actions).toEqual([
      { target: '$', description: 'Nothing is to be fixed.', 'x-conditional-requests': true, update: {} },
    ]);
    write(orders('/orders'));
    fix();
    expect(read()).toContain(`actions:\n${action('/orders')}`);
  });

  test('prints a diff with --dry-run that `git apply` can apply, also of an overlay that is not there yet', () => {
    const { folder, read, write, exists, fix } = project(orders('/orders'));
    const apply = (diff: string) => execFileSync('git', ['apply'], { cwd: folder, input: diff });
    const { out } = fix('--dry-run');
    expect(out).toContain('--- /dev/null\n+++ b/fix.overlay.yaml\n');
    expect(exists()).toBe(false);
    apply(out);
    expect(fix('--dry-run').out).toBe('');
    write(orders('/items', '/orders'));
    apply(fix('--dry-run').out);
    expect(read()).toMatch(/\/items[^]*\/orders/);
    expect(fix('--check').status).toBe(0);
  });

  test.each([
    ['of several descriptions', ['other.yaml'], '--overlay takes the fixes of one description: name that one.'],
    ['with a fault', ['--overlay', 'bad.yaml'], 'bad.yaml:4:13: `traget` has no meaning here. No file was changed.'],
    ['with a query that is none', ['--overlay', 'query.yaml'], 'query.yaml:4:13: it is not a JSONPath query'],
    [
      'with an update that does not fit',
      ['--overlay', 'kind.yaml'],
      'kind.yaml:5:13: it is of scalars, which cannot be merged into objects',
    ],
    [
      'that is the description',
      ['--overlay', 'openapi.yaml'],
      'openapi.yaml: is the description itself, not an overlay',
    ],
  ])('refuses an overlay %s', (_, args, message) => {
    const { folder, fix } = project(orders('/orders'));
    writeFileSync(join(folder, 'other.yaml'), orders('/items'));
    writeFileSync(join(folder, 'bad.yaml'), `${head}actions:\n  - traget: $.info\n    target: $\n`);
    writeFileSync(join(folder, 'query.yaml'), `${head}actions:\n  - target: $.info[\n    update: {}\n`);
    writeFileSync(join(folder, 'kind.yaml'), `${head}actions:\n  - target: $.info\n    update: 5\n`);
    const { status, err } = fix(...args);
    expect(err).toContain(message);
    expect(status).toBe(2);
  });
});

test('a regenerated description still takes the overlay, and --check names what has become stale, is missing or selects nothing', () => {
  const { read, fix, lint, write } = project(
    orders('/orders', '/items', '/gone'),
    `${head}actions:\n  - target: $.paths['/gone'].get\n    update: {summary: Gone}\n`,
  );
  fix();
  const before = read();
  write(orders('/new', '/items', '/orders'));
  expect(lint('--fail-severity', 'hint').out).toContain('GET /new');
  expect(lint('--fail-severity', 'hint').out).not.toContain('GET /orders');
  const { status, err } = fix('--check');
  expect(err.split('\n').filter((line) => line.startsWith('fix.overlay'))).toEqual([
    "fix.overlay.yaml: $.paths['/new'].get: missing",
    "fix.overlay.yaml: $.paths['/gone'].get: stale, nothing needs it any more",
    "fix.overlay.yaml: $.paths['/gone'].get: selects nothing, was written by hand and stays",
  ]);
  expect(status).toBe(1);
  expect(read()).toBe(before);
  fix();
  expect(read().match(/target: .*/g)).toEqual([
    "target: $.paths['/gone'].get",
    'target: $',
    "target: $.paths['/items'].get",
    "target: $.paths['/new'].get",
    "target: $.paths['/orders'].get",
  ]);
  // What three operations lack is added once, as a component.
  expect(parse(read()).actions.map(({ update }: { update: object }) => update)).toMatchObject([
    { summary: 'Gone' },
    { components: { responses: { NotModified: { description: 'Not Modified' } } } },
    ...Array.from({ length: 3 }, () => ({ responses: { '304': { $ref: '#/components/responses/NotModified' } } })),
  ]);
});

/** An overlay of version 1.2, of which each action refers to the same reusable action. */
function reusable(...paths: readonly string[]): string {
  const actions = paths.map(
    (path) => `  - $ref: '#/components/actions/a~1b'\n    target: $.paths['${path}'].get.responses\n`,
  );
  return `overlay: 1.2.0
info: {title: By hand, version: "1"}
components:
  actions:
    a/b:
      fields:
        update:
          '304':
            description: As before
            headers: ${etag}
            content: {text/plain: {}}
actions:
${actions.join('')}`;
}

describe('lint --overlay', () => {
  const wrong = `${head}actions:
  - target: $.paths['/orders'].get.parameters[0]
    remove: true
  - target: $.paths['/orders'].get
    update:
      parameters: [{name: if-none-match, in: header, schema: {type: integer}}]
      responses:
        '304':
          description: As before
          headers: {ETag: {schema: {type: string}, example: 33a6}}
`;

  test('finds what is left when the overlay is applied, and points into the overlay at what that has added', () => {
    const { lint } = project(orders('/orders', '/items'), wrong);
    const { out } = lint('--format', 'json', '--ruleset', 'all');
    const results: readonly Result[] = JSON.parse(out);
    const found = results.map(({ code, source, path, range }) => [
      code,
      source.split('/').at(-1),
      path.join('.'),
      range.start.line + 1,
    ]);
    expect(found).toContainEqual([
      'entity-tag-example',
      'fix.overlay.yaml',
      'actions.1.update.responses.304.headers.ETag.example',
      12,
    ]);
    expect(found).toContainEqual(['not-modified-documented', 'openapi.yaml', 'paths./items.get.responses', 14]);
  });

  test('points into the reusable action that an action refers to', () => {
    const { lint } = project(orders('/orders', '/items'), reusable('/orders'));
    const results: readonly Result[] = JSON.parse(lint('--format', 'json').out);
    const [found] = results.filter(({ code }) => code === 'not-modified-no-content');
    expect(found?.path.join('.')).toBe('components.actions.a/b.fields.update.304.content');
    expect(found?.range.start.line).toBe(10);
  });

  test('applies several overlays in their order', () => {
    const { folder } = project(orders('/orders'), wrong);
    writeFileSync(
      join(folder, 'next.yaml'),
      `${head}actions:\n  - target: $.paths['/orders'].get.responses['304'].headers.ETag.example\n    remove: true\n`,
    );
    const lint = (...overlays: string[]) =>
      run(folder, 'lint', ...overlays.flatMap((name) => ['--overlay', name]), '--ruleset', 'all', 'openapi.yaml').out;
    expect(lint('fix.overlay.yaml')).toContain('entity-tag-example');
    expect(lint('fix.overlay.yaml', 'next.yaml')).not.toContain('entity-tag-example');
    expect(lint('next.yaml', 'fix.overlay.yaml')).toContain('entity-tag-example');
  });

  test.each([
    ['an overlay that is not there', 'none.yaml', 'none.yaml: no such file'],
    ['a file that is no overlay', 'openapi.yaml', 'openapi.yaml: 1:1: expected a version of the Overlay Specification'],
  ])('reports %s', (_, overlay, message) => {
    const { folder } = project(orders('/orders'));
    const { status, err } = run(folder, 'lint', '--overlay', overlay, 'openapi.yaml');
    expect(err).toContain(message);
    expect(status).toBe(2);
  });

  test('asks for the one description that the overlay is for', () => {
    const { folder } = project(orders('/orders'), wrong);
    expect(run(folder, 'lint', '--overlay', 'fix.overlay.yaml').err).toContain(
      '--overlay changes one description: name that one.',
    );
  });
});

test.each(['lint', 'fix'])('%s of a file that is an overlay says what to do with it', (command) => {
  const { folder } = project(orders('/orders'), `${head}actions: [{target: $, update: {}}]\n`);
  const { status, out, err } = run(folder, command, 'fix.overlay.yaml');
  expect((out + err).replaceAll(/\s+/g, ' ')).toContain(
    'it is an OpenAPI Overlay, which changes one: name the description, and this file with --overlay.',
  );
  expect(status).toBe(2);
});

test('what an overlay cannot say is declined, with the reason', () => {
  const description = `${orders('/orders').replace('{name: If-None-Match', '{name: If_None_Match')}  /items:
    $ref: items.yaml
  /same:
    get:
      responses:
        '200': {description: ok, headers: {E-Tag: {schema: {type: string}}}}
`;
  const { folder, fix } = project(description);
  writeFileSync(join(folder, 'items.yaml'), `get:\n  responses:\n    '200': {description: ok, headers: ${etag}}\n`);
  const { out } = fix('--ruleset', 'all', '--remove');
  expect(out).toContain('because it is in another file, and an overlay changes one: bundle the description first');
  expect(out).toContain('because an overlay cannot rename: the new name would come last in its object');
});

test.each(Object.entries(families).filter(([name]) => /nine of the last|users of|path item/.test(name)))(
  'a description that may be too large ends in a sentence, if in anything: %s',
  (_, make) => {
    const folder = folderWith({ 'openapi.yaml': make(1000) });
    const { status, err } = run(folder, 'fix', '--suggested', '--dry-run', '--overlay', 'o.yaml', 'openapi.yaml');
    expect(status).toBeLessThanOrEqual(2);
    expect(err).not.toMatch(/^ +at /m);
    expect(existsSync(join(folder, 'o.yaml'))).toBe(false);
  },
);
