import { expect, test } from 'vitest';
import { type Json, type Path, valueAt } from '../../src/json.js';
import { changedAt } from '../../src/text-editor/changed-data.js';
import { areAsExpected, changedParts } from '../../src/text-editor/changed-parts.js';
import type { EditSite } from '../../src/text-editor/edit-plan.js';
import { type Branch, commentsIn, type ParsedDocument } from '../../src/text-editor/parsed-document.js';
import { spliced } from '../../src/text-editor/text-edits.js';
import { parseYamlDocument } from '../../src/text-editor/yaml-document.js';
import { documentCount, fc } from '../fast-check.js';
import { documents } from './documents.js';
import { printYaml } from './printer.js';
import { anyStyle, blockStyle } from './styles.js';

/** Texts that mean something in YAML, so that they may change what stands around them. */
const marks = '"\'[]{},:|~@`\\\t\n a\uFEFF';
const words = '- ,? ,: ,<<: ,# x, # x,&a ,*a,!a ,!!str ,a: b,"a": 1';
const lines = "\n;\n  ;\n    ;\n      ;  ;\r\n;|+\n;>-\n;---\n;...\n;%x\n;- a\n;'a': |\n;a: b\n;\na: b\n;\n  a: b\n";
const pieces = [...marks, ...words.split(','), ...lines.split(';')];

const cases = fc.record({
  data: documents,
  style: fc.oneof(blockStyle, anyStyle).map((style) => ({ ...style, anchors: 0, merges: 0, mark: false })),
  steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
  edits: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(12)),
      text: fc.array(fc.constantFrom(...pieces), { maxLength: 2 }).map((some) => some.join('')),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});

test('what is read in parts is read alike as a whole, whatever the edits are', () => {
  let read = 0;
  fc.assert(
    fc.property(cases, ({ data, style, steps, edits: wanted }) => {
      const document = readable(printYaml(data, style));
      if (document === undefined) return;
      const { site, path } = siteIn(document, steps);
      const { start, end } = linesOf(document, site);
      const edits = wanted.map(({ at, removed, text }) => {
        const from = start + Math.floor(at * (end - start));
        return { start: from, end: Math.min(from + removed, document.text.length), text };
      });
      const after = attempt(() => spliced(document.text, edits));
      const [part] = (after !== undefined && changedParts(document, [site], edits)) || [];
      const value = part && readable(part.text);
      if (after === undefined || part === undefined || value === undefined) return;
      const member = (valueAt(value.data, part.path.slice(-1)) ?? null) as Json;
      const change = { op: 'replace', path: part.path, value: member } as const;
      const expected = changedAt(document.data, change, part.path);
      if (!areAsExpected([part], document, expected)) return;
      read++;
      const whole = parseYamlDocument(after);
      expect(part.path).toEqual(path.slice(0, part.path.length));
      expect(whole.data).toEqual(expected);
      expect(commentsIn(whole)).toEqual(commentsIn(document));
    }),
    { numRuns: 10 * documentCount },
  );
  expect(read).toBeGreaterThan(documentCount / 4);
});

function readable(text: string): ParsedDocument | undefined {
  return attempt(() => parseYamlDocument(text));
}

function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}

/** A site in a document. The numbers choose the members around it. */
function siteIn({ root }: ParsedDocument, steps: readonly number[]): { site: EditSite; path: Path } {
  let site: EditSite = { branch: root as Branch };
  const path: string[] = [];
  for (const step of steps) {
    const { members } = site.branch;
    const holder = members?.[step % members.length];
    if (holder === undefined) break;
    path.push(holder.key);
    site = { branch: holder.node as Branch, outer: { site, holder } };
  }
  return { site, path };
}

/** About the lines of the innermost member around a site. */
function linesOf({ text }: ParsedDocument, { outer }: EditSite): { start: number; end: number } {
  if (outer === undefined) return { start: 0, end: text.length };
  const { start, end } = outer.holder;
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: Math.min(end + 2, text.length) };
}
