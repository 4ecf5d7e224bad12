import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ruleCalled } from '../../src/catalogue.js';
import { check } from '../../src/check.js';
import { Workspace } from '../../src/files/workspace.js';
import { Description } from '../../src/model/description.js';
import type { Rule } from '../../src/rule.js';
import { rulesOf } from '../../src/rulesets.js';
import { UnreadableRuleset } from '../../src/user-ruleset/selection.js';
import { rulesetIn, selectionIn } from '../../src/user-ruleset/spectral-selection.js';
import { projectWith, read } from '../files.js';
import { lint, loadRuleset } from '../spectral.js';

const ours = 'spectral-conditional-requests';

describe('a ruleset of the user has the same effect as in Spectral', () => {
  test.each([
    ['that extends the package by name', `extends: ${ours}`],
    ['that turns on every rule', `extends: [[${ours}, all]]`],
    ['that extends the ruleset of a guideline', `extends: ${ours}/rulesets/zalando.yaml`],
    ['that extends the ruleset of a guideline by its path', `extends: ./node_modules/${ours}/rulesets/haufe.yaml`],
    [
      'that turns a rule off and changes the severity of another',
      `extends: ${ours}\nrules: {not-modified-documented: "off", entity-tag-example: hint}`,
    ],
    ['that turns on one rule only', `extends: [[${ours}, "off"]]\nrules: {not-modified-documented: true}`],
    [
      'with an override for this file',
      `extends: ${ours}\noverrides: [{files: ["*.yaml"], rules: {not-modified-documented: "off", entity-tag-example: error}}]`,
    ],
    [
      'with an override for another file',
      `extends: ${ours}\noverrides: [{files: ["other/*.yaml"], rules: {not-modified-documented: "off"}}]`,
    ],
    [
      'with overrides for places in the file',
      `extends: ${ours}\noverrides: [{files: ["**/*.yaml#/paths/~1orders"], rules: {not-modified-documented: "off"}}, {files: ["orders.yaml#/components"], rules: {entity-tag-example: "off"}}]`,
    ],
    ['that also extends another ruleset', `extends: [spectral:oas, ${ours}]`],
    [
      'that defines its own rule under the name of one of ours',
      `extends: ${ours}\nrules: {not-modified-documented: {given: $.info, then: {function: truthy, field: x}}}`,
    ],
    ['that extends only another ruleset', 'extends: spectral:oas'],
  ])('%s', async (_, text) => {
    const folder = projectWith({ '.spectral.yaml': text, 'orders.yaml': read('examples/orders.yaml') });
    const file = join(folder, '.spectral.yaml');
    expect(rulesetIn(folder)).toBe(file);
    const selection = await selectionIn(file);
    const workspace = new Workspace();
    const entry = workspace.read(join(folder, 'orders.yaml'));
    const description = new Description(entry, workspace);
    const findings = selection.rulesFor(entry.uri).flatMap((rule) =>
      check(rule, description, selection.followedFor(entry.uri)).flatMap(({ message, place }) => {
        const severity = selection.severityOf(rule, entry.uri, place.source.uri ?? '', place.path);
        return severity === undefined ? [] : [`${severity} ${rule.id} ${message}`];
      }),
    );
    const seen = await lint(entry.text, await loadRuleset(file), entry.uri);
    const isOurs = ({ code, message }: { code: string; message: string }) =>
      /^(not-modified|precondition|entity-tag|http-date|cacheable|head)-/.test(code) &&
      !message.includes('property must be truthy');
    expect(findings.toSorted()).toEqual(
      seen
        .filter(isOurs)
        .map(({ severity, code, message }) => `${severity} ${code} ${message}`)
        .toSorted(),
    );
    expect(selection.isOurs).toBe(text.includes(ours));
  });

  test.each([
    ['.spectral.json', JSON.stringify({ extends: ours })],
    ['.spectral.mjs', `import ruleset from '${ours}';\nexport default { extends: [ruleset] };\n`],
    ['spectral.yml', `extends: ${ours}`],
  ])('in the file %s', async (name, text) => {
    const folder = projectWith({ [name]: text, 'orders.yaml': read('examples/orders.yaml') });
    const selection = await selectionIn(rulesetIn(folder) ?? '');
    const turnedOn = selection.rulesFor(join(folder, 'orders.yaml')).map(({ id }) => id);
    expect(turnedOn).toEqual(rulesOf('recommended').map(({ rule }) => rule.id));
  });
});

test('the error for a ruleset that cannot be read names the file and the reason', async () => {
  const folder = projectWith({ '.spectral.yaml': 'extends: no-such-package' });
  await expect(selectionIn(join(folder, '.spectral.yaml'))).rejects.toThrow(UnreadableRuleset);
  await expect(selectionIn(join(folder, '.spectral.yaml'))).rejects.toThrow(/\.spectral\.yaml: .*no-such-package/s);
});

test.each([
  [
    'a field that Spectral does not know',
    `extends: ${ours}\nignores: [a.yaml]\n`,
    'must NOT have additional properties',
  ],
  [
    'a severity that does not exist',
    `extends: ${ours}\nrules: {not-modified-no-content: fatal}\n`,
    'rules.not-modified-no-content: ',
  ],
  [
    'a rule that does not exist',
    `extends: ${ours}\nrules: {no-such-rule: error}\n`,
    'non-existing rule: "no-such-rule"',
  ],
  ['two faults', `extends: ${ours}\nrules: {a-rule: {}, b-rule: {}}\n`, '; rules.b-rule: '],
  ['no rules', 'aliases: {}\n', 'Ruleset must have rules'],
])('the error for a ruleset that Spectral refuses says why: %s', async (_, text, reason) => {
  const folder = projectWith({ '.spectral.yaml': text });
  await expect(selectionIn(join(folder, '.spectral.yaml'))).rejects.toThrow(reason);
});

describe('a negated glob in an override excludes files from the globs before it', () => {
  test.each([
    [
      ['**/*.yaml', '!old/legacy.yaml'],
      ['a.yaml', 'old/b.yaml'],
    ],
    [
      ['*.yaml', '!legacy.yaml'],
      ['a.yaml', 'old/b.yaml'],
    ],
    [['*.yaml', '!old'], ['a.yaml']],
    [['*.yaml', '!old/**'], ['a.yaml']],
    [
      ['!old/**', '*.yaml'],
      ['a.yaml', 'old/b.yaml', 'old/legacy.yaml'],
    ],
    [['old/*.yaml', '!*.yaml', 'a.yaml'], ['a.yaml']],
    [['*.yaml', '!**/{a,b}.yaml'], ['old/legacy.yaml']],
    [['!legacy.yaml'], []],
    [
      ['*.yaml', '!tmp'],
      ['a.yaml', 'old/b.yaml', 'old/legacy.yaml'],
    ],
    [['*.yaml#/paths', '!old/**'], ['a.yaml']],
  ])('%j', async (files, expected) => {
    const folder = projectWith({
      '.spectral.yaml': JSON.stringify({
        extends: ours,
        overrides: [{ files, rules: { 'not-modified-documented': 'hint' } }],
      }),
    });
    const selection = await selectionIn(join(folder, '.spectral.yaml'));
    const rule = ruleCalled('not-modified-documented') as Rule;
    const named = ['a.yaml', 'old/b.yaml', 'old/legacy.yaml'].filter((name) => {
      const file = join(folder, name);
      return selection.severityOf(rule, file, file, ['paths', '/a']) === 'hint';
    });
    expect(named).toEqual(expected);
  });
});
