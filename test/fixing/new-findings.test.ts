import { expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions, type Permissions } from '../../src/fixing/fix-all.js';
import { unifiedDiff } from '../../src/hosts/cli/unified-diff.js';
import type { RulesetName } from '../../src/rulesets.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';

/** Makes the suggested fixes of a ruleset, or all fixes of one rule; returns the diff, and why fixes were declined. */
function fixed(ruleset: RulesetName, paths: string, only?: string) {
  const text = `openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n${paths}`;
  const permissions: Permissions = {
    allows: (_, kind) => kind === 'safe' || kind === 'suggested' || only !== undefined,
    forbids: () => undefined,
    ...(only !== undefined && { rules: catalogue.filter(({ id }) => id === only) }),
  };
  const { changed, outcomes } = fixDescriptions(
    ['/api'],
    shippedSelection(ruleset),
    permissions,
    new Workspace(() => text),
  );
  const diff = changed.map(({ edits }) => unifiedDiff('openapi.yaml', text, edits)).join('');
  const reasons = outcomes.flatMap(({ rule, reason }) => (reason === undefined ? [] : [`${rule.id}: ${reason}`]));
  return { diff, reasons };
}

const cached = `  /things:
    get:
      parameters:
        - {name: If-None-Match, in: header, schema: {type: string}}
      responses:
        '200':
          description: ok
          headers:
            ETag: {schema: {type: string}}
            Vary: {schema: {type: string}}
            Cache-Control: {schema: {type: string}}
            Expires: {schema: {type: string}}
`;

test('a 304 is not written where the ruleset is against a header that it would repeat', () => {
  const { diff, reasons } = fixed('zalando', cached);
  expect(diff).toBe('');
  expect(reasons).toEqual(['not-modified-documented: it would lead to cacheable-without-expires on GET /things']);
});

test('the same 304 is written where no rule is against the header', () => {
  const { diff, reasons } = fixed('recommended', cached);
  expect(diff).toBe(`--- a/openapi.yaml
+++ b/openapi.yaml
@@ -13,3 +13,10 @@
             Vary: {schema: {type: string}}
             Cache-Control: {schema: {type: string}}
             Expires: {schema: {type: string}}
+        '304':
+          description: Not Modified
+          headers:
+            ETag: {schema: {type: string}}
+            Vary: {schema: {type: string}}
+            Cache-Control: {schema: {type: string}}
+            Expires: {schema: {type: string}}
`);
  expect(reasons).toEqual([]);
});

test('a fix of one rule that leads to a finding of another is declined', () => {
  const { diff, reasons } = fixed(
    'all',
    `  /things/{id}:
    get:
      parameters:
        - {name: If-None-Match, in: header, schema: {type: string}}
      responses:
        '200': {description: ok}
    put:
      parameters:
        - {name: If-Match, in: header, schema: {type: string}, example: 33a6}
      responses:
        '204': {description: changed}
`,
    'precondition-has-validator',
  );
  expect(diff).toBe('');
  expect(reasons).toEqual(['precondition-has-validator: it would lead to not-modified-documented on GET /things/{id}']);
});

test('an ETag is added, and with it what it asks for', () => {
  const { diff, reasons } = fixed(
    'recommended',
    `  /things:
    get:
      parameters:
        - {name: If-None-Match, in: header, schema: {type: string}}
      responses:
        '200': {description: ok}
`,
  );
  expect(diff).toBe(`--- a/openapi.yaml
+++ b/openapi.yaml
@@ -6,4 +6,5 @@
       parameters:
         - {name: If-None-Match, in: header, schema: {type: string}}
       responses:
-        '200': {description: ok}
+        '200': {description: ok, headers: {ETag: {schema: {type: string}}}}
+        '304': {description: Not Modified, headers: {ETag: {schema: {type: string}}}}
`);
  expect(reasons).toEqual([]);
});

test('an ETag that not every user of the shared 304 has is not added', () => {
  const { diff, reasons } = fixed(
    'recommended',
    `  /things:
    get:
      parameters:
        - {name: If-None-Match, in: header, schema: {type: string}}
      responses:
        '200': {description: ok}
        '304': {$ref: '#/components/responses/Same'}
  /others:
    get:
      responses:
        '200': {description: ok, headers: {Last-Modified: {schema: {type: string}}}}
        '304': {$ref: '#/components/responses/Same'}
      parameters:
        - {name: If-Modified-Since, in: header, schema: {type: string}}
components:
  responses:
    Same: {description: as before}
`,
  );
  expect(diff).toBe('');
  expect(reasons).toEqual(['precondition-has-validator: it would lead to not-modified-repeats-etag on GET /things']);
});

test('an example that is wrong is not copied into the 304', () => {
  const { diff, reasons } = fixed(
    'recommended',
    `  /things:
    get:
      parameters:
        - {name: If-None-Match, in: header, schema: {type: string}}
      responses:
        '200':
          description: ok
          headers:
            ETag:
              description: The version
              example: 33 a6
              schema: {type: string}
`,
    'not-modified-documented',
  );
  expect(diff).toBe(`--- a/openapi.yaml
+++ b/openapi.yaml
@@ -13,3 +13,9 @@
               description: The version
               example: 33 a6
               schema: {type: string}
+        '304':
+          description: Not Modified
+          headers:
+            ETag:
+              description: The version
+              schema: {type: string}
`);
  expect(reasons).toEqual([]);
});

test('a date whose format is wrong is not copied into the 304', () => {
  const { diff } = fixed(
    'rfc9110',
    `  /things:
    get:
      responses:
        '200':
          description: ok
          headers:
            ETag: {schema: {type: string}}
            Expires: {schema: {type: string, format: date-time}}
        '304':
          description: same
          headers:
            ETag: {schema: {type: string}}
`,
    'not-modified-repeats-cache-fields',
  );
  expect(diff).toBe(`--- a/openapi.yaml
+++ b/openapi.yaml
@@ -13,3 +13,4 @@
           description: same
           headers:
             ETag: {schema: {type: string}}
+            Expires: {schema: {type: string}}
`);
});

test('of a header with two wrong examples, neither is copied into the 304', () => {
  const { diff, reasons } = fixed(
    'recommended',
    `  /things:
    get:
      parameters:
        - {name: If-None-Match, in: header, schema: {type: string}}
      responses:
        '200':
          description: ok
          headers:
            ETag: {examples: {a: {value: 3 3}, b: {value: 4 4}}, schema: {type: string}}
`,
    'not-modified-documented',
  );
  expect(diff).toBe(`--- a/openapi.yaml
+++ b/openapi.yaml
@@ -10,3 +10,7 @@
           description: ok
           headers:
             ETag: {examples: {a: {value: 3 3}, b: {value: 4 4}}, schema: {type: string}}
+        '304':
+          description: Not Modified
+          headers:
+            ETag: {schema: {type: string}}
`);
  expect(reasons).toEqual([]);
});

test('a header whose shared schema is wrong for an ETag is not copied into the 304', () => {
  const { diff } = fixed(
    'recommended',
    `  /things:
    get:
      responses:
        '200': {description: ok, headers: {ETag: {schema: {$ref: '#/components/schemas/Id'}}}}
components:
  schemas:
    Id: {type: string, format: uuid}
`,
    'not-modified-documented',
  );
  expect(diff).toContain("+        '304': {description: Not Modified, headers: {ETag: {schema: {type: string}}}}\n");
});
