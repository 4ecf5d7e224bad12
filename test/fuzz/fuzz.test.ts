import { expect, test } from 'vitest';
import { documentCount, fc } from '../fast-check.js';
import { catalogue } from '../../src/catalogue.js';
import { TextFile, UnreadableFile } from '../../src/files/text-file.js';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions } from '../../src/fixing/fix-all.js';
import type { FixResult } from '../../src/fixing/fix-result.js';
import { severities } from '../../src/guidelines/citation.js';
import { Linter } from '../../src/hosts/cli/lint-file.js';
import { isSame } from '../../src/json.js';
import { isBroken } from '../../src/problem.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { folderWith } from '../files.js';
import { allFixes } from '../fixing/permissions.js';
import { Client, codesOf, uriIn } from '../hosts/language-server/client.js';
import { ofOurRules, pathOfHolder } from '../spectral-comparison.js';
import { lint as lintInSpectral, shippedRuleset } from '../spectral.js';
import { newFindings } from '../fixing/compared-findings.js';
import { fixRuns } from '../fixing/fix-runs.js';
import { mutants } from './mutants.js';

const file = '/nowhere/openapi.yaml';
const rules = catalogue.map(({ id }) => id);
/** Texts of internal errors, which no message may contain. */
const internal =
  /undefined|is not a function|is not iterable|Cannot read|Maximum call stack|Invalid array length|at .*:\d+:\d+/;

function lint(text: string, withFixes: boolean, isNamed = true) {
  return new Linter().run({ file, text, isNamed, rules, follows: [], allowRemote: false, withFixes, isCached: false });
}

/** The result of making all fixes in a description. */
function fixed(text: string): FixResult {
  return fixDescriptions(
    [file],
    shippedSelection('all'),
    allFixes,
    new Workspace((name) => (name === file ? text : undefined)),
  );
}

/** Expects `fix` to refuse a text, and returns an empty result. */
function refusal(fix: () => unknown): Pick<FixResult, 'changed' | 'outcomes'> {
  expect(fix).toThrow(UnreadableFile);
  return { changed: [], outcomes: [] };
}

/** Expects that none of our rules has thrown an error that Spectral reports. Spectral's message would name the function. */
function faultOfSpectral(error: AggregateError): undefined {
  expect(`${error.message} ${error.errors?.map(String)}`).not.toContain('threw an exception');
}

test('lint reports every mutated description with a place', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(mutants, async (text) => {
      const { kind, fault, findings, problems } = await lint(text, false);
      outcomes.add(kind);
      if (problems.length > 0) outcomes.add('with a problem');
      expect(fault?.message ?? '').not.toMatch(internal);
      const lines = text.replace(/^\uFEFF/, '').split('\n');
      for (const { message } of findings) expect(message).toMatch(/^\S[^\n]* \([^()]*\)\.$/);
      for (const { message, range, file: where } of [...findings, ...problems]) {
        expect(message).not.toMatch(internal);
        if (where !== file) continue;
        const { start, end } = range;
        expect(start.line * 1e9 + start.character).toBeLessThanOrEqual(end.line * 1e9 + end.character);
        expect(end.line).toBeLessThanOrEqual(lines.length);
        expect(start.character).toBeLessThanOrEqual((lines[start.line] ?? '').length + 1);
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: documentCount },
  );
  // All kinds of text have been tried.
  expect([...outcomes]).toEqual(expect.arrayContaining(['linted', 'not a description', 'with a problem']));
});

test('fix leaves any mutated description readable, with nothing left to fix', async () => {
  const numRuns = Math.ceil(documentCount / 4);
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(mutants, async (text) => {
      // If lint cannot read a text, or not to its end, fix must refuse it.
      const { kind, problems } = await lint(text, false);
      const isRefused = kind === 'unreadable' || (kind === 'linted' && problems.some(isBroken));
      const result = isRefused ? refusal(() => fixed(text)) : fixed(text);
      for (const { reason = '' } of result.outcomes) expect(reason).not.toMatch(internal);
      for (const { after } of result.changed) {
        changes++;
        expect((await lint(after, false)).kind).toBe('linted');
        expect(fixed(after).changed).toEqual([]);
      }
      const { findings } = await lint(text, true);
      expect(findings.filter((finding) => finding.fix?.edits.length === 0)).toEqual([]);
    }),
    { numRuns },
  );
  // About a third of the mutants have a fix. Fewer can have one by chance, but far fewer would mean that most are refused.
  expect(changes).toBeGreaterThan(numRuns / 8);
});

test('whatever a description looks like, fix leads to no finding that was not there before', async () => {
  await fc.assert(
    fc.asyncProperty(mutants, fixRuns, async (text, { rules: on, selection, permissions }) => {
      const { kind, problems } = await lint(text, false);
      if (kind !== 'linted' || problems.some(isBroken)) return;
      const { changed } = fixDescriptions(
        [file],
        selection,
        permissions,
        new Workspace((name) => (name === file ? text : undefined)),
      );
      for (const { after } of changed) expect(newFindings(file, text, after, on)).toEqual([]);
    }),
    { numRuns: Math.ceil(documentCount / 2) },
  );
});

test('lint and Spectral report the same on mutated descriptions', async () => {
  const ruleset = await shippedRuleset('all');
  const numRuns = Math.ceil(documentCount / 10);
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(mutants, async (text) => {
      const { kind, findings } = await lint(text, false);
      // Spectral loses members called `__proto__`, and treats `<<` as a merge key even in JSON.
      if (kind !== 'linted' || text.includes('__proto__') || /^\s*\{[^]*"<<"/.test(text)) return;
      const theirs = await lintInSpectral(text.replace(/^\uFEFF/, ''), ruleset, file).catch(faultOfSpectral);
      // After a syntax error, Spectral lints only what it has understood. JSON that is not YAML, or has duplicate names, also gives one.
      if (theirs?.some(({ code, severity }) => code === 'parser' && severity === severities[0]) ?? true) return;
      compared++;
      const bySpectral = ofOurRules(theirs ?? []).map(({ code, at }) => `${code} ${at}`);
      const { data } = new TextFile(file, text);
      const ours = findings.map(
        ({ rule, path }) =>
          `${rule} ${pathOfHolder(data, path)
            .map((key) => `/${key}`)
            .join('')}`,
      );
      expect(ours.toSorted()).toEqual(bySpectral.toSorted());
    }),
    { numRuns },
  );
  // About two fifths of the mutants can be compared. Fewer may be by chance, but far fewer would mean that most are left out.
  expect(compared).toBeGreaterThan(numRuns / 8);
});

test('a mutated text is parsed the same every time', () => {
  fc.assert(
    fc.property(mutants, (text) => {
      const read = () => {
        try {
          return new TextFile(file, text).data;
        } catch (error) {
          return (error as Error).message;
        }
      };
      expect(isSame(read(), read())).toBe(true);
    }),
    { numRuns: Math.ceil(documentCount / 10) },
  );
});

test('the language server reports what lint reports on any edit, and keeps running', async () => {
  const folder = folderWith({});
  const editor = await Client.start({ folder, initializationOptions: { debounce: 0, ruleset: 'all' } });
  let name = 0;
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(mutants, async (mutant) => {
      // Lone surrogates cannot be sent.
      const text = Buffer.from(mutant).toString();
      const uri = uriIn(folder, `${name++}/openapi.yaml`);
      await editor.open(uri, text);
      // The server answers when it has handled everything that was sent before.
      await editor.hover(uri, 'ETag');
      // The server treats a file like one in a folder, not like a file that the user has named.
      const { kind, findings, problems } = await lint(text, false, false);
      const here = findings.filter((finding) => finding.file === file);
      const published = editor.published.findLast((params) => params.uri === uri)?.diagnostics ?? [];
      const expected = [...here.map(({ rule }) => rule), ...problems.map(({ code }) => code)];
      expect(codesOf(published).filter((code) => code !== 'parser')).toEqual(
        expected.filter((code) => code !== 'parser').toSorted(),
      );
      const whole = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };
      const actions = await editor.actions(uri, whole);
      expect(kind === 'linted' ? [] : actions).toEqual([]);
      const all = actions.find((action) => action.kind?.startsWith('source.fixAll'));
      if (all !== undefined) {
        applied++;
        await editor.apply(all);
        await editor.hover(uri, 'ETag');
      }
      await editor.close(uri);
      expect(editor.shown).toEqual([]);
    }),
    { numRuns: Math.ceil(documentCount / 20) },
  );
  expect(applied).toBeGreaterThan(0);
  expect(await editor.stop()).toBe(0);
});
