import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type RulesetName, rulesetNames } from '../src/rulesets.js';
import { corpus, corpusRows, hasCorpus } from './files.js';
import { comparableLines, invalidReferencesOfLintAlone, lintedInProcess, ofOurRules } from './spectral-comparison.js';
import { lintFile, type SpectralFinding } from './spectral.js';

const docs = join(corpus, 'docs');

/** The places of the bodies of 304 responses. */
const bodies: Readonly<Record<string, readonly string[]>> = {
  // The schema is a `$ref`. Spectral shows a finding at a `$ref` at its target, so the finding points at the response instead.
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

/** The number of operations that take a precondition and document no 304, but have no finding: they document only `default`. */
const defaultOnly: Readonly<Record<string, number>> = {
  'npm__@readme__oas-examples@8.2.2/3.0/json/response-http-behavior.json': 1,
  'npm__@readme__oas-examples@8.2.2/3.0/yaml/response-http-behavior.yaml': 1,
};

/**
 * The findings that Spectral shows at another place. If the name of a path contains characters that a JSON Pointer escapes, Spectral does
 * not find the component behind the `$ref` of its response, and shows the finding at the response.
 */
const mislocated: Readonly<
  Record<string, { readonly codes: readonly string[]; readonly at: string; readonly bySpectral: string }>
> = {
  'apache__polaris/spec/polaris-catalog-service.yaml': {
    codes: ['cacheable-declares-fields', 'cacheable-declares-control'],
    at: '/components/responses/LoadTableResponse/headers',
    bySpectral: '/paths//v1/{prefix}/namespaces/{namespace}/tables/{table}/get/responses/200',
  },
};

/** The messages of `invalid-ref` that only `lint` reports, and their numbers. */
const invalidForLintAlone: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // An empty `$ref` leads to its own file. Spectral tries to read the folder instead, and reports only the first such `$ref`.
  'Ed-Fi-Alliance-OSS__Ed-Fi-API-Standards/api-specifications/resources/3.3/resources-ds-3.3.yml': {
    "'' leads to an OpenAPI Object, not to a Parameter Object": 128,
    "'' leads to an OpenAPI Object, not to a Schema Object": 2,
  },
};

/** Expects `lint` to report the same as Spectral, except for {@link mislocated}. */
function expectSame(entry: string, name: RulesetName, bySpectral: readonly SpectralFinding[]): void {
  const exception = mislocated[entry];
  const ours = lintedInProcess(join(docs, entry), name);
  const [here, there] = [ours, ofOurRules(bySpectral)].map((findings, index) => {
    const at = index === 0 ? exception?.at : exception?.bySpectral;
    const isExcepted = (finding: SpectralFinding) =>
      exception?.codes.includes(finding.code) === true && finding.at === at;
    return {
      excepted: findings
        .filter(isExcepted)
        .map(({ message }) => message)
        .toSorted(),
      rest: comparableLines(findings.filter((finding) => !isExcepted(finding))),
    };
  });
  expect(here).toEqual(there);
}

if (!hasCorpus) console.warn(`Skipped: there are no real descriptions at ${corpus}.`);

describe.skipIf(!hasCorpus)(
  'in a real description, lint and Spectral find as much as another program has counted',
  () => {
    const rows = hasCorpus ? corpusRows() : [];

    test.each(rows.map((row) => [row.entry, row] as const))(
      '%s',
      async (entry, row) => {
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
        expectSame(entry, 'all', findings);
        const alone = Object.entries(invalidForLintAlone[entry] ?? {}).flatMap(([message, count]) =>
          Array.from({ length: count }, () => message),
        );
        expect(invalidReferencesOfLintAlone(join(docs, entry), findings)).toEqual(alone);
        // If all rules find nothing, some of them find nothing either.
        if (findings.length === 0) return;
        for (const name of rulesetNames.filter((other) => other !== 'all')) {
          expectSame(entry, name, await lintFile(join(docs, entry), name));
        }
      },
      300_000,
    );
  },
);
