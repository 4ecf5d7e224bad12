import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../src/catalogue.js';
import { severities } from '../src/guidelines.js';
import { referenceOf } from '../src/page.js';
import { type RulesetName, rulesetNames, rulesOf, severityIn } from '../src/rulesets.js';
import { read, root } from './files.js';
import { shipped } from './spectral.js';

/** A ruleset as a user would write it by hand. */
function yamlOf(name: RulesetName): string {
  const head = '# Generated from the catalogue; what each rule finds and who asks for it: README.md\n';
  if (name === 'recommended' || name === 'all') return `${head}extends: [[../dist/ruleset.mjs, ${name}]]\n`;
  const rules = rulesOf(name).map(({ rule, severity }) => `  ${rule.id}: ${severity}\n`);
  return `${head}extends: [[../dist/ruleset.mjs, 'off']]\nrules:\n${rules.join('')}`;
}

test.each(rulesetNames)('rulesets/%s.yaml is what the catalogue says', async (name) => {
  await expect(yamlOf(name)).toMatchFileSnapshot(join(root, 'rulesets', `${name}.yaml`));
});

test('rulesets/README.md is what the catalogue says', async () => {
  const reference = referenceOf(catalogue, ({ id }) => ({
    violation: read(`examples/${id}/violation.yaml`),
    conforming: read(`examples/${id}/conforming.yaml`),
  }));
  await expect(reference).toMatchFileSnapshot(join(root, 'rulesets/README.md'));
});

test('no other file lies among the rulesets', () => {
  const generated = [...rulesetNames.map((name) => `${name}.yaml`), 'README.md'];
  expect(readdirSync(join(root, 'rulesets')).toSorted()).toEqual(generated.toSorted());
});

test('the severities come out of the citations as the catalogue has been agreed', () => {
  const letters = { error: 'E', warn: 'W', info: 'I', hint: 'H' };
  const rows = catalogue.map((rule) => {
    const cells = (['recommended', 'rfc9110', 'atlassian', 'haufe', 'zalando'] as const).map((name) => {
      const severity = severityIn(name, rule);
      return severity === undefined ? '·' : letters[severity];
    });
    return `${rule.id.padEnd(46)} ${cells.join(' ')} ${rule.fix}`;
  });
  expect(`\n${' '.repeat(47)}rec rfc9110 atlassian haufe zalando fix\n${rows.join('\n')}\n`).toMatchInlineSnapshot(`
    "
                                                   rec rfc9110 atlassian haufe zalando fix
    not-modified-documented                        W I W W W suggested
    not-modified-documented-on-head                · I · · W suggested
    not-modified-answers-precondition              W W W W W suggested
    not-modified-no-content                        E E E E E safe
    not-modified-repeats-etag                      I W · · · safe
    not-modified-repeats-cache-fields              · I · · · safe
    not-modified-only-when-retrieving              W E · W W none
    not-modified-reachable                         H I · · · none
    not-modified-no-representation-metadata        W W · · · safe
    not-modified-storable                          I I · · · none
    precondition-documented                        H · W I H suggested
    precondition-optional                          W I · · · suggested
    precondition-spelling                          W W · · · suggested
    precondition-failed-documented                 · I W · · suggested
    precondition-failed-has-precondition           H I · · · none
    precondition-failed-not-when-revalidating      W E · · E none
    precondition-required-documented               · H · · · suggested
    precondition-required-has-precondition         W W · · W none
    precondition-obtainable                        I I W · H none
    precondition-guards-update                     · · W · H suggested
    precondition-heeded                            I W · · · none
    precondition-range                             · W · · · none
    entity-tag-schema                              W E · · · none
    entity-tag-single                              · W · · · none
    entity-tag-example                             W W · · · safe
    http-date-schema                               W W · · · suggested
    http-date-example                              W W · · · safe
    cacheable-declares-fields                      · · · · E suggested
    cacheable-without-expires                      · · · · E suggested
    head-repeats-validators                        H I · · W suggested
    "
  `);
});

test.each(rulesetNames)('Spectral turns on just the rules of %s, at their severities', async (name) => {
  const { rules } = await shipped(name);
  const on = Object.values(rules).filter((rule) => rule.enabled);
  expect(Object.fromEntries(on.map((rule) => [rule.name, severities[rule.severity]]))).toEqual(
    Object.fromEntries(rulesOf(name).map(({ rule, severity }) => [rule.id, severity])),
  );
});

test('the JSON twin of the example API holds the same data', () => {
  expect(JSON.parse(read('examples/orders.json'))).toEqual(parse(read('examples/orders.yaml')));
});
