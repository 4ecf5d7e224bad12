import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corpus, corpusRows, hasCorpus } from './files.js';
import { lintFile } from './spectral.js';

const docs = join(corpus, 'docs');

/** Where the bodies of 304 responses stand. */
const bodies: Readonly<Record<string, readonly string[]>> = {
  // The schema is a reference; Spectral would show a finding on it at the target, so it is on the response that holds it.
  'moby__moby/api/docs/v1.25.yaml': [
    '/paths//containers/{id}/start/post/responses/304',
    '/paths//containers/{id}/stop/post/responses/304',
  ],
  'akamai__akamai-apis/apis/datastore/v1/openapi.json': ['/paths//datastore/{key}/get/responses/304/content'],
  'akamai__akamai-apis/apis/config-dns/v2/openapi.json': ['/paths//changelists/{zone}/get/responses/304/content'],
  'autodesk-platform-services__aps-sdk-openapi/datamanagement/datamanagement.yaml': [
    '/components/responses/304-general/content',
  ],
};

/** Operations that take a precondition and document no 304, yet are left alone: all they document is `default`. */
const defaultOnly: Readonly<Record<string, number>> = {
  'npm__@readme__oas-examples@8.2.2/3.0/json/response-http-behavior.json': 1,
  'npm__@readme__oas-examples@8.2.2/3.0/yaml/response-http-behavior.yaml': 1,
};

if (!hasCorpus) console.warn(`Skipped: there are no real descriptions at ${corpus}.`);

describe.skipIf(!hasCorpus)('real descriptions, counted by another program', () => {
  const rows = hasCorpus ? corpusRows() : [];

  test.each(rows.map((row) => [row.entry, row] as const))('%s', async (entry, row) => {
    const findings = await lintFile(join(docs, entry), 'all');
    const of = (code: string, method = '') =>
      findings.filter((finding) => finding.code === code && finding.message.includes(` on ${method}`));
    expect(of('not-modified-documented', 'GET ')).toHaveLength(Number(row['get_val_no304']));
    expect(of('not-modified-answers-precondition', 'GET ')).toHaveLength(
      Number(row['get_cond_no304']) - (defaultOnly[entry] ?? 0),
    );
    const contents = findings.filter(({ code }) => code === 'not-modified-no-content');
    expect(contents.map(({ at }) => at)).toEqual(bodies[entry] ?? []);
    expect(Number(row['r304_body']) > 0).toBe(contents.length > 0);
  });
});
