import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { catalogue } from '../src/catalogue.js';
import { check, checked } from '../src/check.js';
import { Workspace } from '../src/files/workspace.js';
import { fixDescriptions } from '../src/fixing/fix-all.js';
import { isObject, pointerOf, valueAt } from '../src/json.js';
import { Description } from '../src/model/description.js';
import { exceptionKey } from '../src/model/exceptions.js';
import { discharge, type FixOperation } from '../src/obligation.js';
import { applyPatch } from '../src/patch.js';
import type { Rule } from '../src/rule.js';
import { rulesetNames } from '../src/rulesets.js';
import { citationsOf } from '../src/sources.js';
import { shippedSelection, withRules } from '../src/user-ruleset/selection.js';
import { documentCount, fc } from './fast-check.js';
import { folderWith, read, root } from './files.js';
import { allFixes } from './fixing/permissions.js';
import { mutatedDocuments } from './fuzz/mutants.js';
import { sourcesInMemory } from './sources-in-memory.js';
import { forbiddenImportsOf, importsOf, modules } from './imports.mjs';
import { lint, lintFile, shippedRuleset } from './spectral.js';

const ids = catalogue.map(({ id }) => id);

describe.each(catalogue.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const violation = join(root, 'examples', id, 'violation.yaml');
  const conforming = join(root, 'examples', id, 'conforming.yaml');

  test('is named after the file or folder that defines it', () => {
    const files = readdirSync(join(root, 'src/rules'), { recursive: true, encoding: 'utf8' });
    const defining = files.filter((file) => file.endsWith('.ts') && read(`src/rules/${file}`).includes(`id: '${id}'`));
    const nouns = defining.map((file) => file.split('/')[0]?.replace('.ts', ''));
    expect(nouns).toHaveLength(1);
    expect(id.startsWith(`${nouns[0]}-`)).toBe(true);
  });

  test('has a summary of one sentence, a rationale, and citations with addresses', () => {
    expect(rule.summary).toMatch(/^[A-Z][^.]*\.$/);
    expect(rule.rationale).toMatch(/^[A-Z].*\.$/);
    expect(rule.exceptions).toMatch(/^[A-Z].*\.$/);
    expect(citationsOf(rule).length).toBeGreaterThan(0);
    for (const { section, on } of citationsOf(rule)) {
      expect(new URL(section.url).hostname).toContain('.');
      expect(section.url.startsWith('https://')).toBe(true);
      expect([undefined, ...(rule.aspects ?? [])]).toContain(on);
    }
  });

  test('is the only rule, besides those that few guidelines ask for, that reports its violation', async () => {
    const findings = (await lintFile(violation, 'all')).filter(({ code }) => code === id || isRecommended(code));
    expect(findings.map(({ code }) => code)).toEqual([id]);
    expect(findings[0]?.message).toMatch(/^(Expected|Malformed|Unexplained|Unreachable) .*\(.+\)\.$/);
  });

  test('reports nothing in its conforming example, and neither does any recommended rule', async () => {
    expect((await lintFile(conforming, 'all')).filter(({ code }) => code === id)).toEqual([]);
    expect(await lintFile(conforming, 'recommended')).toEqual([]);
  });

  test('has a fix that turns its violation into its conforming example, or says that it has none', () => {
    const { changed } = fixDescriptions(
      [violation],
      withRules(shippedSelection('all'), [rule]),
      allFixes,
      new Workspace(),
    );
    const expected = rule.fix === 'none' ? [] : [readFileSync(conforming, 'utf8')];
    expect(changed.map(({ after }) => after)).toEqual(expected);
  });

  describe('finds nothing in its violation where an exception stands', () => {
    const document = () => parse(readFileSync(violation, 'utf8')) as unknown;
    const [finding] = check(rule, descriptionOf(document()));
    const path = finding?.place.path ?? [];
    const around = [...path.keys(), path.length].map((length) => path.slice(0, length));
    const objects = around.filter((place) => isObject(valueAt(document(), place)));
    const forms = [id, [id], { [id]: 'a reason' }];

    const inSpectral = async (data: unknown) => (await lint(stringify(data), await shippedRuleset('all'))).map(wordsOf);
    const before = inSpectral(document());

    test.each(objects.map((place) => [`#/${pointerOf(place)}`, place] as const))('at %s', async (_, place) => {
      const excepted = document();
      for (const form of forms) {
        Object.assign(valueAt(excepted, place) as object, { [exceptionKey]: form });
        const { findings, excepted: without } = checked(rule, descriptionOf(excepted));
        expect([findings, without.length]).toEqual([[], 1]);
      }
      const others = (await before).filter(({ code }) => code !== id);
      expect((await before).length).toBeGreaterThan(others.length);
      expect(await inSpectral(excepted)).toEqual(others);
    });

    test('and its fix changes nothing then', () => {
      const folder = folderWith({
        'openapi.yaml': stringify({ ...(document() as object), [exceptionKey]: id }),
      });
      const selection = withRules(shippedSelection('all'), [rule]);
      expect(fixDescriptions([join(folder, 'openapi.yaml')], selection, allFixes, new Workspace()).changed).toEqual([]);
    });
  });

  test('has a fix, or says that it has none', () => {
    const description = descriptionOf(parse(readFileSync(violation, 'utf8')));
    const [finding] = check(rule, description);
    expect(finding).toBeDefined();
    const result = rule.fix === 'none' ? undefined : settled([rule], parse(readFileSync(violation, 'utf8')));
    expect(check(rule, descriptionOf(result))).toEqual([]);
  });
});

function wordsOf({ code, message }: { readonly code: string; readonly message: string }) {
  return { code, message };
}

function isRecommended(id: string): boolean {
  return catalogue.some((rule) => rule.id === id && rule.recommended !== undefined);
}

function descriptionOf(document: unknown): Description {
  const { root: source, reader } = sourcesInMemory(document);
  return new Description(source, reader);
}

/** The first patch that some of the rules have for a description. */
function patchFor(rules: readonly Rule[], document: unknown): readonly FixOperation[] | undefined {
  const description = descriptionOf(document);
  const fixable = rules.filter(({ fix }) => fix !== 'none');
  const findings = fixable.flatMap((rule) => check(rule, description));
  return findings
    .flatMap(({ violations: [violation] }) => (violation ? [discharge(violation.obligation)] : []))
    .find((patch) => patch.length > 0);
}

/** A description after all the patches that some of the rules have for it, one by one. */
function settled(rules: readonly Rule[], document: unknown): unknown {
  let result = document;
  for (let patches = 0; patches < 100; patches++) {
    const patch = patchFor(rules, result);
    if (patch === undefined) return result;
    result = applyPatch(structuredClone(result), patch);
  }
  throw new Error('there are still fixes after 100 patches');
}

test('the rules find the same in a description, whether its operations are read and rules asked only where they may find something', () => {
  const foundIn = (document: unknown, wanted: 'conditional' | 'all') => {
    const { root: source, reader } = sourcesInMemory(document);
    const description = new Description(source, reader, wanted);
    const findings = catalogue.flatMap((rule) => check(rule, description));
    return findings.map(({ rule: { id }, message, place: { path } }) => [id, message, path]);
  };
  let findings = 0;
  fc.assert(
    fc.property(mutatedDocuments, (document) => {
      const expected = foundIn(document, 'all');
      findings += expected.length;
      expect(foundIn(document, 'conditional')).toEqual(expected);
    }),
    { numRuns: documentCount },
  );
  expect(findings).toBeGreaterThan(documentCount);
});

describe('after all fixes, nothing fixable is left in', () => {
  const files = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' });

  // Some guidelines show values that only their authors can mend.
  const fixed = files.filter((file) => file.endsWith('.yaml') && !file.startsWith('guidelines'));

  test.each(fixed)('%s', (file) => {
    const result = settled(catalogue, parse(read(`examples/${file}`)));
    const fixable = catalogue.filter(({ fix }) => fix !== 'none');
    expect(fixable.flatMap((rule) => check(rule, descriptionOf(result)))).toEqual([]);
  });
});

describe('no ruleset finds anything in the conforming descriptions', () => {
  const files = readdirSync(join(root, 'examples')).filter((name) => name.startsWith('conforming-'));

  test.each(files.flatMap((file) => rulesetNames.map((name) => [file, name] as const)))(
    '%s with the ruleset %s',
    async (file, name) => {
      expect(await lintFile(join(root, 'examples', file), name)).toEqual([]);
    },
  );

  test('of which there are several', () => {
    expect(files.length).toBeGreaterThan(3);
  });
});

test('no two rules have the same id', () => {
  expect(new Set(ids).size).toBe(ids.length);
});

test('there is an example for every rule, and for nothing else', () => {
  const examples = join(root, 'examples');
  const folders = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'violation.yaml')));
  expect(folders.toSorted()).toEqual([...ids].toSorted());
  for (const id of ids)
    expect(readdirSync(join(root, 'examples', id)).toSorted()).toEqual(['conforming.yaml', 'violation.yaml']);
});

function closureOf(module: string, seen = new Set<string>()): Set<string> {
  if (seen.has(module)) return seen;
  seen.add(module);
  for (const next of importsOf(module)) if (!next.isPackage && !next.isType) closureOf(next.name, seen);
  return seen;
}

describe('a module of the Spectral ruleset imports no package', () => {
  test.each([...closureOf('hosts/spectral.ts')])('%s', (module) => {
    expect(existsSync(join(root, 'src', module))).toBe(true);
    const packages = importsOf(module).filter(({ isPackage, isType }) => isPackage && !isType);
    expect(packages).toEqual([]);
  });
});

test('the built ruleset is one file without imports', () => {
  const imports = [...read('dist/ruleset.mjs').matchAll(/\b(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g)];
  expect(imports).toEqual([]);
  expect(JSON.parse(read('package.json'))).not.toHaveProperty('dependencies');
});

test('Spectral has next to nothing of the built ruleset to analyse: all but a few lines are in a text', () => {
  const outside = read('dist/ruleset.mjs').replace(/^const code = `(?:[^`\\]|\\[^])*`;$/m, '');
  expect(outside.length).toBeLessThan(1000);
});

test.each(modules)('a module imports only from its own room and those above it: %s', (module) => {
  expect(forbiddenImportsOf(module)).toEqual([]);
});
