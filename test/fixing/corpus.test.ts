import { cpSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getLocationForJsonPath, parseWithPointers } from '@stoplight/yaml';
import { diffLines } from 'diff';
import { describe, expect, test } from 'vitest';
import { parseDocument, visit } from 'yaml';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions } from '../../src/fixing/fix-all.js';
import type { ChangedFile, FixResult } from '../../src/fixing/fix-result.js';
import { isSame, type Path, valueAt } from '../../src/json.js';
import { applyPatch, locationOf } from '../../src/patch.js';
import type { Rule } from '../../src/rule.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { corpus, corpusRows, folderWith, hasCorpus } from '../files.js';
import { lint, loadRuleset } from '../spectral.js';
import { allFixes } from './permissions.js';

if (!hasCorpus) console.warn(`Skipped: there are no real descriptions at ${corpus}.`);

/** The numbers of fixed and declined findings. */
const counts = { fixed: 0, declined: 0 };

describe.skipIf(!hasCorpus)('after all fixes, real descriptions', () => {
  const folder = folderWith({});
  if (hasCorpus) cpSync(join(corpus, 'docs'), folder, { recursive: true });
  const rows = hasCorpus ? corpusRows() : [];

  test.each(rows.map(({ entry }) => entry))(
    'differ only by the patch, and a second run changes nothing: %s',
    async (entry) => {
      const file = join(folder, entry);
      const before = fixed(file);
      for (const { kind } of before.outcomes) if (kind !== 'left') counts[kind]++;
      // A response that other methods share gets no ETag for the sake of an update.
      const mayBeLeft = (rule: Rule) => rule.fix === 'none' || rule.id === 'entity-tag-after-update';
      expect(before.outcomes.filter(({ kind, rule }) => kind === 'left' && !mayBeLeft(rule))).toEqual([]);
      for (const change of before.changed) {
        expectOnlyThePatch(change);
        writeFileSync(change.file, change.after);
      }
      const after = fixed(file);
      expect(after.changed).toEqual([]);
      expect(after.outcomes.filter(({ kind }) => kind === 'fixed')).toEqual([]);
      for (const change of before.changed) writeFileSync(change.file, change.before);
    },
  );

  test('have no new finding of these rules or of Spectral’s OpenAPI rules', async () => {
    const ruleset = await loadRuleset(join(folderWithRuleset(), '.spectral.yaml'));
    for (const { entry } of rows) {
      const file = join(folder, entry);
      const { changed } = fixDescriptions([file], shippedSelection('recommended'), allFixes, new Workspace());
      const isOwn = changed.length === 1 && changed[0]?.file === file;
      if (!isOwn || statSync(file).size > 300_000) continue;
      const seen = async (text: string) =>
        (await lint(text, ruleset, file)).map(({ code, at, message }) => `${code} ${at} ${message}`);
      const old = new Set(await seen(changed[0]?.before ?? ''));
      // If the status codes beside it are numbers in YAML, the new one is too. Spectral reports each such number.
      const hasNumbers = [...old].some((finding) => finding.startsWith('parser '));
      const now = (await seen(changed[0]?.after ?? '')).filter((finding) => !old.has(finding));
      expect(now.filter((finding) => !(hasNumbers && finding.includes(' Mapping key must be a string')))).toEqual([]);
    }
  }, 300_000);

  test('have at most 3 % declined fixes', () => {
    const share = (100 * counts.declined) / (counts.fixed + counts.declined);
    console.log(`Fixed ${counts.fixed}, declined ${counts.declined} (${share.toFixed(1)} %).`);
    expect(share).toBeLessThanOrEqual(3);
  });
});

function fixed(file: string): FixResult {
  return fixDescriptions([file], shippedSelection('all'), allFixes, new Workspace());
}

function folderWithRuleset(): string {
  const ours = join(import.meta.dirname, '../../rulesets/recommended.yaml');
  return folderWith({ '.spectral.yaml': `extends: ['spectral:oas', ${JSON.stringify(ours)}]\n` });
}

/** Expects that a text has the expected data and all its comments, and that no other line has changed. */
function expectOnlyThePatch({ before, after, patch }: ChangedFile): void {
  const read = (text: string) => parseWithPointers(text.replace(/^\uFEFF/, ''), { mergeKeys: true });
  const [old, now] = [read(before), read(after)];
  // If an alias repeats the changed text, the data has changed at the alias as well.
  const hasAliases = /[:-] [&*][a-z]/i.test(before);
  expect(hasAliases || isSame(now.data, applyPatch(old.data, patch))).toBe(true);
  expect(commentsIn(after)).toEqual(commentsIn(before));

  const [oldLines, newLines] = [before.split('\n'), after.split('\n')];
  const around = patch.map((operation) => extentOf(oldLines, old, locationOf(operation).slice(0, -1)));
  const inside = patch.map(({ op, path }) => extentOf(newLines, now, op === 'remove' ? path.slice(0, -1) : path));
  const { removed, added } = changedLines(before, after);
  expect(removed.filter((line) => !isIn(line, around)).map((line) => oldLines[line])).toEqual([]);
  const withoutComma = (line: string | undefined) => line?.replace(/,?\r?$/, '');
  const changedInPlace = new Set(removed.map((line) => withoutComma(oldLines[line])));
  const strange = added.filter((line) => !isIn(line, inside) && !changedInPlace.has(withoutComma(newLines[line])));
  // Comparing lines does not tell which of several equal brackets is new.
  expect(strange.map((line) => newLines[line]).filter((line) => !/^[\s\]},]*$/.test(line ?? ''))).toEqual([]);
  const isAddition = patch.every(({ op }) => op === 'add');
  const isBlock = !before.includes('{') && !before.includes(': []');
  const mayChangeLines = !isAddition || !isBlock || !before.endsWith('\n');
  expect(mayChangeLines || removed.length === 0).toBe(true);
}

type Extent = readonly [first: number, last: number];

function isIn(line: number, extents: readonly Extent[]): boolean {
  return extents.some(([first, last]) => first <= line && line <= last);
}

/** The lines of the value at a path: from its name to the last line that is indented further. */
function extentOf(lines: readonly string[], parsed: ReturnType<typeof parseWithPointers>, path: Path): Extent {
  const isItem = (depth: number) => Array.isArray(valueAt(parsed.data, path.slice(0, depth)));
  const keys = path.map((key, depth) => (isItem(depth) ? Number(key) : key));
  const first = getLocationForJsonPath(parsed, keys, true)?.range.start.line ?? 0;
  const indentation = (line: string) => line.search(/[^ \t\uFEFF]/);
  const isDash = (line: string) => /^\s*- /.test(line);
  // The dashes of a list may have the same indentation as its name.
  const own = indentation(lines[first] ?? '') - (isDash(lines[first + 1] ?? '') && !isDash(lines[first] ?? '') ? 1 : 0);
  const isOut = (line: string) => line.trim() !== '' && indentation(line) <= own && !/^[\s\]},-]*$/.test(line);
  const next = lines.findIndex((line, index) => index > first && isOut(line));
  return path.length === 0 ? [0, Infinity] : [first, next < 0 ? Infinity : next - 1];
}

/** The numbers of the lines that only one of two texts has. */
function changedLines(before: string, after: string) {
  const removed: number[] = [];
  const added: number[] = [];
  let [old, now] = [0, 0];
  for (const { added: isNew, removed: isOld, count } of diffLines(before, after)) {
    for (let line = 0; line < count; line++) {
      if (isOld) removed.push(old + line);
      if (isNew) added.push(now + line);
    }
    if (!isNew) old += count;
    if (!isOld) now += count;
  }
  return { removed, added };
}

/** The comments of a YAML text, as the package `yaml` parses them. */
function commentsIn(text: string): string[] {
  const comments: string[] = [];
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  visit(document, {
    Node(_, { comment, commentBefore }) {
      for (const found of [commentBefore, comment]) if (typeof found === 'string') comments.push(...found.split('\n'));
    },
  });
  return comments.toSorted();
}
