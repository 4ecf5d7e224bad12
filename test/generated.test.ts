import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../src/catalogue.js';
import { severities } from '../src/guidelines/citation.js';
import { guidelineSchema } from '../src/guideline-schema.js';
import type { Guideline } from '../src/guidelines/guideline.js';
import { rulesetDocs } from '../src/rule-docs.js';
import { guidelineOf, type RulesetName, rulesetNames, rulesOf } from '../src/rulesets.js';
import { read, root } from './files.js';
import { shippedRuleset } from './spectral.js';

/** A ruleset as a user would write it by hand. */
function yamlOf(name: RulesetName): string {
  const head = '# Generated from the catalogue; what each rule finds and who asks for it: README.md\n';
  if (name === 'recommended' || name === 'all') return `${head}extends: [[../dist/ruleset.mjs, ${name}]]\n`;
  const rules = rulesOf(name).map(({ rule, severity }) => `  ${rule.id}: ${severity}\n`);
  const { publication, contradicts } = guidelineOf(name) as Guideline;
  const leftOut = Object.entries(contradicts).map(
    ([id, { section, says }]) => `  # ${id} is left out: ${publication.label}, ${section.name}: ${says}\n`,
  );
  return `${head}extends: [[../dist/rulesets/${name}.mjs, 'off']]\nrules:\n${[...rules, ...leftOut].join('')}`;
}

test.each(rulesetNames)('generated: rulesets/%s.yaml', async (name) => {
  await expect(yamlOf(name)).toMatchFileSnapshot(join(root, 'rulesets', `${name}.yaml`));
});

test('generated: rulesets/guideline.schema.json', async () => {
  const schema = `${JSON.stringify(guidelineSchema(), undefined, 2)}\n`;
  await expect(schema).toMatchFileSnapshot(join(root, 'rulesets/guideline.schema.json'));
});

test('generated: rulesets/README.md', async () => {
  const reference = rulesetDocs(catalogue, ({ id }) => ({
    violation: read(`examples/${id}/violation.yaml`),
    conforming: read(`examples/${id}/conforming.yaml`),
  }));
  await expect(reference).toMatchFileSnapshot(join(root, 'rulesets/README.md'));
});

test('the table of contents of rulesets/README.md lists every rule once', () => {
  const [, contents = ''] = /## Rules by topic\n([^]*?)\n## /.exec(read('rulesets/README.md')) ?? [];
  const listed = [...contents.matchAll(/^- \[([\w-]+)\]\(#\1\)/gm)].map(([, id]) => id);
  expect(listed).toEqual(catalogue.map(({ id }) => id));
});

test('the example ruleset in rulesets/README.md names only rules that exist', () => {
  const [, shown = ''] = /```yaml\n(extends:[^]*?)```/.exec(read('rulesets/README.md')) ?? [];
  const { rules = {}, overrides = [] } = parse(shown) as {
    rules?: Record<string, string>;
    overrides?: { rules: Record<string, string> }[];
  };
  const named = [rules, ...overrides.map((override) => override.rules)].flatMap((some) => Object.keys(some));
  expect(named.length).toBeGreaterThan(2);
  expect(catalogue.map(({ id }) => id)).toEqual(expect.arrayContaining(named));
});

test('rulesets/ contains only generated files', () => {
  const generated = [...rulesetNames.map((name) => `${name}.yaml`), 'README.md', 'guideline.schema.json'];
  expect(readdirSync(join(root, 'rulesets')).toSorted()).toEqual(generated.toSorted());
});

test.each(rulesetNames)(
  'Spectral turns on the rules of the ruleset %s and no others, with their severities',
  async (name) => {
    const { rules } = await shippedRuleset(name);
    const on = Object.values(rules).filter((rule) => rule.enabled);
    expect(Object.fromEntries(on.map((rule) => [rule.name, severities[rule.severity]]))).toEqual(
      Object.fromEntries(rulesOf(name).map(({ rule, severity }) => [rule.id, severity])),
    );
  },
);

test('examples/orders.json and examples/orders.yaml hold the same data', () => {
  expect(JSON.parse(read('examples/orders.json'))).toEqual(parse(read('examples/orders.yaml')));
});
