import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { corpus, folderWith, hasCorpus } from '../../files.js';
import { run } from './run.js';

const file = 'treeverse__lakeFS/api/swagger.yml';
const ruleset = ['-r', 'all', '-F', 'hint'];

interface Got {
  readonly get: { readonly responses: Readonly<Record<string, { headers?: Record<string, unknown> }>> };
}

/** What `lint` reports, each as the rule and the message. */
function linted(folder: string, ...args: string[]) {
  const { status, out, err } = run(folder, 'lint', ...ruleset, '-f', 'json', ...args);
  const results: { code: string; message: string; source: string }[] = JSON.parse(out);
  return { status, err, found: results.map(({ code, message }) => `${code}: ${message.split(':')[0]}`).toSorted() };
}

test.skipIf(!hasCorpus)(
  'with a baseline of real descriptions lint is silent, and after changes it reports exactly what is new',
  () => {
    const folder = folderWith({});
    mkdirSync(join(folder, '.git'));
    cpSync(join(corpus, 'docs'), join(folder, 'docs'), { recursive: true });
    const written = linted(folder, '--update-baseline');
    expect(written).toMatchObject({ status: 0, found: [] });
    expect(Number(/with (\d+) entries/.exec(written.err)?.[1])).toBeGreaterThan(1500);
    const silent = linted(folder, '--strict-baseline');
    expect(silent).toMatchObject({ status: 0, found: [] });
    expect(silent.err).not.toContain('Stale');

    const path = join(folder, 'docs', file);
    const text = readFileSync(path, 'utf8');
    // Written anew, with other indentation and without comments.
    const description = parse(text) as { readonly paths: Readonly<Record<string, Got>> };
    writeFileSync(path, stringify(description));
    expect(linted(folder, join('docs', file))).toMatchObject({ status: 0, found: [] });

    const [with200, without200] = [
      '/repositories/{repository}/settings/branch_protection',
      '/repositories/{repository}',
    ].map((template) => description.paths[template]?.get.responses['200']);
    if (with200?.headers === undefined || without200 === undefined) throw new Error('the description is another one');
    without200.headers = { ...without200.headers, ETag: with200.headers['ETag'] };
    delete with200.headers['ETag'];
    writeFileSync(path, stringify(description));
    const { status, found, err } = linted(folder);
    expect(status).toBe(1);
    expect(found).toEqual([
      'cacheable-declares-control: Expected Cache-Control in the 200 response of GET /repositories/{repository}',
      'cacheable-declares-fields: Expected Cache-Control and Vary in the 200 response of GET /repositories/{repository}',
      'not-modified-documented: Expected a 304 response on GET /repositories/{repository}',
      'precondition-documented: Expected an If-None-Match parameter on GET /repositories/{repository}',
      'precondition-guards-update: Expected an If-Match parameter on DELETE /repositories/{repository}',
      // Where the ETag has gone, its If-Match has nothing to send any more.
      'precondition-obtainable: Expected ETag on a response of /repositories/{repository}/settings/branch_protection',
    ]);
    const stale = err.split('\n').filter((line) => line.startsWith('  '));
    expect(stale.length).toBeGreaterThan(2);
    expect(stale.filter((line) => !line.includes('/settings/branch_protection '))).toEqual([]);
  },
  600_000,
);
