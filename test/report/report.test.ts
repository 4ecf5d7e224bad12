import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';
import { parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { parseReport } from '../../src/report/changes.js';
import { type Report } from '../../src/report/report.js';
import { folderWith } from '../files.js';
import { run } from '../hosts/cli/run.js';

const head = "openapi: 3.1.1\ninfo: {title: Orders, version: '1'}\n";
const tag = 'headers: {ETag: {schema: {type: string}}}';
const orders = `${head}paths:
  /orders:
    get: {responses: {'200': {description: ok}}}
    head: {responses: {'200': {description: ok}}}
    post: {responses: {'201': {description: created}}}
  /orders/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      parameters: [{name: If-None-Match, in: header, schema: {type: string}}]
      responses: {'200': {description: ok, ${tag}}, '304': {description: u, ${tag}}}
    put:
      parameters: [{name: If-Match, in: header, schema: {type: string}}]
      responses: {'204': {description: ok}, '412': {description: f}}
    delete: {responses: {'204': {description: ok}}}
`;
const stock = `${head.replace('Orders', 'Stock')}paths:
  /stock:
    get: {responses: {'200': {description: ok, ${tag}}}}
`;

const reported = (folder: string, ...args: string[]) =>
  JSON.parse(run(folder, 'report', '--format', 'json', ...args).out) as Report;

describe('the counts', () => {
  const { total, apis } = reported(
    folderWith({ 'apis/orders.yaml': orders, 'stock.yaml': stock, 'other.yaml': 'a: b\n' }),
  );

  test('are of GET, PUT, PATCH and DELETE, also on paths that have nothing to do with conditional requests', () => {
    expect(apis.map(({ file, title, reads, writes }) => ({ file, title, reads, writes }))).toEqual([
      { file: 'apis/orders.yaml', title: 'Orders', reads: 2, writes: 2 },
      { file: 'stock.yaml', title: 'Stock', reads: 1, writes: 0 },
    ]);
    expect(apis[0]).toMatchObject({ withValidator: 1, withNotModified: 1, withPrecondition: 1, guarded: 1 });
    expect(apis[1]).toMatchObject({ withValidator: 1, withNotModified: 0, withPrecondition: 0, guarded: 0 });
  });

  test('add up to the total', () => {
    expect(total).toEqual({
      reads: 3,
      withValidator: 2,
      withNotModified: 1,
      withPrecondition: 1,
      writes: 2,
      guarded: 1,
    });
  });

  test('lead to the operations, each with its line', () => {
    expect(apis[0]?.operations).toEqual([
      { operation: 'GET /orders', file: 'apis/orders.yaml', line: 5, lacks: ['validator', '304', 'precondition'] },
      { operation: 'DELETE /orders/{id}', file: 'apis/orders.yaml', line: 16, lacks: ['guard'] },
    ]);
  });

  test('follow path items into other files', () => {
    const folder = folderWith({
      'api.yaml': `${head}paths: {/a: {$ref: 'parts/a.yaml'}}\n`,
      'parts/a.yaml': "summary: A\nget: {responses: {'200': {description: ok}}}\n",
    });
    expect(reported(folder, 'api.yaml').apis[0]?.operations).toMatchObject([{ file: 'parts/a.yaml', line: 2 }]);
  });
});

describe('the rest of the report', () => {
  const folder = folderWith({ 'orders.yaml': orders, 'stock.yaml': stock });
  const report = reported(folder);

  test('names the fixes of recommended rules, those that mend most first', () => {
    expect(report.opportunities).toEqual([
      { file: 'stock.yaml', rule: 'not-modified-documented', operations: 1, isSafe: false },
      { file: 'stock.yaml', rule: 'precondition-documented', operations: 1, isSafe: false },
    ]);
    for (const { file, rule } of report.opportunities)
      expect(run(folder, 'fix', '--dry-run', '--rule', rule, file).err).toContain('would fix 1');
  });

  test('counts the findings as lint does under the ruleset of each guideline', () => {
    for (const { ruleset, errors, warnings, others } of report.guidelines) {
      const found = JSON.parse(run(folder, 'lint', '-f', 'json', '-r', ruleset).out) as { severity: number }[];
      const count = (isWanted: (severity: number) => boolean) =>
        found.filter(({ severity }) => isWanted(severity)).length;
      expect([ruleset, errors, warnings, others]).toEqual([
        ruleset,
        count((severity) => severity === 0),
        count((severity) => severity === 1),
        count((severity) => severity > 1),
      ]);
    }
  });

  test('is the same at every run', () => {
    expect(reported(folder)).toEqual(report);
    expect(run(folder, 'report', '-f', 'html').out).toBe(run(folder, 'report', '-f', 'html').out);
  });
});

test('Markdown shows the shares, the first things to do and the guidelines', () => {
  const { out, status } = run(folderWith({ 'orders.yaml': orders, 'stock.yaml': stock }), 'report');
  expect(status).toBe(0);
  expect(out.replace(/(\| Guideline[^]*?\n\n|\| Guideline[^]*$)/, '')).toMatchInlineSnapshot(`
    "# Conditional requests in 2 APIs

    | API | Validator | 304 | Precondition | Guarded writes |
    | --- | --- | --- | --- | --- |
    | **all** | 2 of 3 (67 %) | 1 of 3 (33 %) | 1 of 3 (33 %) | 1 of 2 (50 %) |
    | Orders 1 (\`orders.yaml\`) | 1 of 2 (50 %) | 1 of 2 (50 %) | 1 of 2 (50 %) | 1 of 2 (50 %) |
    | Stock 1 (\`stock.yaml\`) | 1 of 1 (100 %) | 0 of 1 (0 %) | 0 of 1 (0 %) | none |

    ## What to do first

    1. \`not-modified-documented\` in \`stock.yaml\`: 1 operation (a suggestion)
    2. \`precondition-documented\` in \`stock.yaml\`: 1 operation (a suggestion)

    ## Who asks for what is missing

    "
  `);
});

describe('--since', () => {
  const folder = folderWith({ 'orders.yaml': orders, 'gone.yaml': stock });
  run(folder, 'report', '-o', 'old.json');
  const later = folderWith({
    'orders.yaml': orders.replace(
      "get: {responses: {'200': {description: ok}}}",
      `get: {responses: {'200': {description: ok, ${tag}}}}`,
    ),
    'new.yaml': stock,
    'old.json': readFileSync(join(folder, 'old.json'), 'utf8'),
  });

  test('shows what has grown, what is new and what is gone', () => {
    const markdown = run(later, 'report', '--since', 'old.json').out;
    expect(markdown).toContain('| Orders 1 (`orders.yaml`) | 2 of 2 (100 %) +1 | 1 of 2 (50 %) |');
    expect(markdown).toContain('No longer there: `gone.yaml`.');
    const page = run(later, 'report', '--since', 'old.json', '-f', 'html').out;
    expect(page).toContain('<span class="change">new</span>');
    expect(page).toContain('2 of 2 <span class="change">+1</span>');
  });

  test.each([
    ['no file', undefined, 'no such file'],
    ['no JSON', 'report', 'it is not JSON'],
    ['other JSON', '{"a": 1}', 'it is not a report in JSON'],
    ['a report without counts', '{"format": 1, "apis": [{}]}', 'it lacks counts'],
  ])('refuses %s, and says why', (_, text, reason) => {
    const place = folderWith({ 'orders.yaml': orders, ...(text !== undefined && { 'x.json': text }) });
    const { status, err, out } = run(place, 'report', '--since', 'x.json');
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(`--since x.json: `);
    expect(err).toContain(reason);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('takes every report that the command writes', () => {
    expect(typeof parseReport(readFileSync(join(folder, 'old.json'), 'utf8'))).toBe('object');
  });
});

describe('what cannot be reported on', () => {
  test('is named in the report and on standard error, beside the rest', () => {
    const folder = folderWith({ 'orders.yaml': orders, 'broken.yaml': 'openapi: 3.1.1\npaths: {/a: [\n' });
    const { status, err, out } = run(folder, 'report');
    expect(status).toBe(2);
    expect(err).toContain('broken.yaml: ');
    expect(out).toContain('## Not read');
    expect(out).toContain('Orders 1');
  });

  test('is what is nested too deeply', () => {
    const depth = 10_000;
    const schema = `${'{"allOf":['.repeat(depth)}{}${']}'.repeat(depth)}`;
    const text = `{"openapi":"3.1.1","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{"description":"ok","headers":{"ETag":{"schema":${schema}}}}}}}}}`;
    const { status, err, out } = run(folderWith({ 'deep.json': text, 'orders.yaml': orders }), 'report');
    expect(status).toBe(2);
    expect(err).toMatch(/^deep\.json: .*nested.*\n$/);
    expect(out).toContain('Conditional requests in 1 API\n');
  });

  test('ends the command, if nothing is left', () => {
    const { status, err, out } = run(folderWith({ 'a.yaml': 'a: b\n' }), 'report');
    expect([status, out]).toEqual([2, '']);
    expect(err).toBe('No OpenAPI description found to report on.\n');
  });

  test('is a file that is named and no description', () => {
    const { status, err } = run(
      folderWith({ 'a.yaml': 'a: b\n', 'orders.yaml': orders }),
      'report',
      'a.yaml',
      'orders.yaml',
    );
    expect(status).toBe(2);
    expect(err).toContain('a.yaml: ');
  });

  test.each([
    [['-o', 'report.pdf'], 'end it in .html, .json or .md'],
    [['-f', 'pdf'], "unknown format 'pdf'; use one of: html, json, markdown"],
    [['-o', 'nowhere/report.html'], 'cannot be written'],
    [['--sinse', 'x'], 'Did you mean --since?'],
  ])('is answered with the remedy: %j', (args, message) => {
    const { status, err } = run(folderWith({ 'orders.yaml': orders }), 'report', ...args);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});

test('texts of descriptions cannot act in the page, nor break the Markdown', () => {
  const hostile = '<script>alert(1)</script>"\'&|`*_\u001B[31m';
  const text = JSON.stringify({
    openapi: '3.1.1',
    info: { title: hostile, version: hostile },
    paths: { [`/${hostile}`]: { get: { responses: { 200: { description: 'ok' } } } } },
  });
  const folder = folderWith({ 'a.json': text });
  const page = run(folder, 'report', '-f', 'html').out;
  expect(page).not.toContain('<script');
  expect(page).not.toContain('\u001B');
  const errors: string[] = [];
  parse(page, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  const markdown = run(folder, 'report').out;
  expect(markdown).not.toContain('\u001B');
  const rendered = marked.parse(markdown, { async: false });
  expect(rendered).not.toContain('<script');
  expect(rendered).toMatch(/<td>&lt;script&gt;alert\(1\)[^]*<code>a\.json<\/code>\)<\/td>\s*<td>0 of 1 \(0 %\)<\/td>/);
});
