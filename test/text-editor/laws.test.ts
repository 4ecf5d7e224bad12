import assert from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { documentCount, fc } from '../fast-check.js';
import { isSame, type Json, type Path } from '../../src/json.js';
import { applyPatch, canApply, locationOf, type PatchOperation } from '../../src/patch.js';
import { TextEditor } from '../../src/text-editor/editor.js';
import { withoutLoneReturns } from '../../src/text-editor/line-breaks.js';
import { UnreadableText } from '../../src/text-editor/parsed-document.js';
import { inOrder, spliced, type TextEdit } from '../../src/text-editor/text-edits.js';
import { commentsIn } from './comments.js';
import { documents, names, values } from './documents.js';
import { printJson, printYaml, type Style } from './printer.js';
import { anyStyle, blockStyle, commonStyle } from './styles.js';

/** A random change. Its numbers choose a place in any document. */
interface Wish {
  readonly op: PatchOperation['op'];
  readonly container: number;
  readonly member: number;
  readonly key: string;
  readonly value: Json;
  /** Whether to try it even if it cannot be applied to the document. */
  readonly isForced: boolean;
}

/** Up to six patches of up to three changes each. */
function wishes(...ops: readonly Wish['op'][]): fc.Arbitrary<Wish[][]> {
  const wish = fc.record<Wish>({
    op: fc.constantFrom(...ops),
    container: fc.nat(1000),
    member: fc.nat(100),
    key: names,
    value: values,
    isForced: fc.nat(19).map((n) => n === 0),
  });
  return fc.array(fc.array(wish, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });
}

const anything = wishes('add', 'add', 'replace', 'remove', 'move');

/** The objects and arrays of a document, by their paths. */
function containersOf(document: unknown, path: Path = []): { path: Path; value: object }[] {
  if (typeof document !== 'object' || document === null) return [];
  const inside = Object.entries(document).flatMap(([key, value]) => containersOf(value, [...path, key]));
  return [{ path, value: document }, ...inside];
}

/** The change that a wish means in a document; `undefined` if it cannot be applied there. */
function changeFor(wish: Wish, document: unknown): PatchOperation | undefined {
  const { op, key, value, isForced } = wish;
  const containers = containersOf(document);
  const container = containers[wish.container % containers.length];
  if (container === undefined) return undefined;
  const members = Object.keys(container.value);
  const name = Array.isArray(container.value) ? String(members.length) : key;
  const path = [...container.path, op === 'add' ? name : (members[wish.member % members.length] ?? key)];
  let change: PatchOperation = { op: 'remove', path };
  if (op === 'move') change = { op, from: path, path: [...container.path, key] };
  else if (op !== 'remove') change = { op, path, value };
  return isForced || canApply(document, change) ? change : undefined;
}

/**
 * The data after a change, made at every place at which the changed text appears.
 *
 * @param before the changes before it in the same patch
 */
function changed(
  data: unknown,
  change: PatchOperation,
  editor: TextEditor,
  before: readonly PatchOperation[],
): unknown {
  const result = copied(data);
  for (const place of placesAfter(before, change, editor)) {
    const path = [...place.slice(0, -1), change.path.at(-1) ?? ''];
    const there = change.op === 'move' ? { ...change, from: place, path } : { ...change, path: place };
    if (canApply(result, there)) applyPatch(result, [there]);
  }
  return result;
}

/** The places at which a change appears. A change inside a value that the same patch added appears at all places of that value. */
function placesAfter(before: readonly PatchOperation[], change: PatchOperation, editor: TextEditor): readonly Path[] {
  const location = locationOf(change);
  const put = before.findLast(({ op, path }) => {
    return (
      (op === 'add' || op === 'replace') &&
      path.length < location.length &&
      isSame(location.slice(0, path.length), path)
    );
  });
  if (put === undefined) return placesOf(change, editor);
  return placesOf(put, editor).map((place) => [...place, ...location.slice(put.path.length)]);
}

/** The places at which a change appears. A value appears at each alias of it, but its name only if an alias repeats the whole object. */
function placesOf(change: PatchOperation, editor: TextEditor): readonly Path[] {
  const location = locationOf(change);
  const places = editor.placesOf(location) ?? [];
  if (change.op === 'replace') return places;
  const around = editor.placesOf([...location.slice(0, -1), 'a name that is nowhere']) ?? [];
  const containers = new Set(around.map((path) => JSON.stringify(path.slice(0, -1))));
  return places.filter((place) => containers.has(JSON.stringify(place.slice(0, -1))));
}

/** A copy of the data in which no object is shared. */
function copied(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data));
}

function read(text: string, isJson: boolean): unknown {
  if (isJson) return JSON.parse(withoutMark(text));
  return parse(withoutLoneReturns(text), { merge: true, maxAliasCount: -1, logLevel: 'error' });
}

function assertSame(one: unknown, other: unknown): void {
  if (!isSame(one, other)) assert.deepEqual(one, other);
}

/** Makes patches to a text, checks all laws, and returns whether the text could be written. */
function check(
  text: string,
  isJson: boolean,
  wanted: readonly (readonly Wish[])[],
): { isWritten: boolean; result: string } {
  const original = read(text, isJson);
  const editor = new TextEditor(text);
  let expected = copied(original);
  const taken: PatchOperation[][] = [];
  let declined = 0;
  for (const group of wanted) {
    const patch: PatchOperation[] = [];
    let trial = expected;
    for (const wish of group) {
      const change = changeFor(wish, trial);
      if (change === undefined) continue;
      trial = changed(trial, change, editor, patch);
      patch.push(change);
    }
    const reason = editor.take(patch);
    if (reason === undefined) {
      taken.push(patch);
      expected = trial;
    } else {
      assert.match(reason, /\w/);
      declined++;
    }
    assertSame(editor.data, expected);
  }
  const outcome = editor.finish();
  if (declined > 0) {
    const another = new TextEditor(text);
    for (const patch of taken) assert.equal(another.take(patch), undefined);
    assert.deepEqual(another.finish(), outcome);
  }
  if ('declined' in outcome) {
    assert.match(outcome.declined, /\w/);
    return { isWritten: false, result: outcome.declined };
  }
  assertSame(read(outcome.text, isJson), expected);
  if (!isJson) assert.deepEqual(commentsIn(outcome.text).toSorted(), commentsIn(text).toSorted());
  assert.equal(spliced(text, outcome.edits), outcome.text);
  assertUntouched(text, outcome.text, outcome.edits);
  if (taken.length === 0) assert.equal(outcome.text, text);
  return { isWritten: true, result: outcome.text };
}

/** Checks that every line outside the edits stays, byte for byte and in order. */
function assertUntouched(text: string, result: string, edits: readonly TextEdit[]): void {
  const ordered = inOrder(edits);
  const lines = result.split(/(?<=\n)/);
  let end = 0;
  let found = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const start = end;
    end += line.length;
    if (ordered.some((edit) => edit.start <= end && edit.end >= start)) continue;
    found = lines.indexOf(line, found) + 1;
    assert.notEqual(found, 0, `the line ${JSON.stringify(line)} is missing`);
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** The lines of a text that are missing in the result, with their line breaks. The last line may have gained a line break. */
function missingLines(text: string, result: string): string[] {
  const lines = linesIn(result);
  let found = 0;
  return linesIn(text).filter((line) => {
    const isLine = (other: string, at: number) =>
      at >= found && (other === line || (!/[\r\n]$/.test(line) && other.replace(/[\r\n]+$/, '') === line));
    const at = lines.findIndex(isLine);
    found = at < 0 ? found : at + 1;
    return at < 0;
  });
}

/** The lines of a text, with their line breaks. */
function linesIn(text: string): string[] {
  return withoutMark(text).match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/g) ?? [];
}

/**
 * Checks the laws for generated documents.
 *
 * @param most the share of documents whose changes may be declined when the text is written
 * @returns the declined documents beyond that share
 */
function declinedAbove(most: number, style: fc.Arbitrary<Style>): string[] {
  const numRuns = Math.ceil(documentCount * 0.25);
  const declined: string[] = [];
  const property = fc.property(documents, style, anything, (document, how, wanted) => {
    const text = printYaml(document, how);
    const { isWritten, result } = check(text, false, wanted);
    if (!isWritten) declined.push(`${result}:\n${text}`);
  });
  fc.assert(property, { numRuns });
  return declined.slice(Math.ceil(numRuns * most));
}

describe('patches to generated documents', () => {
  // Some changes can be declined only when the new text is read as a whole: merge keys can hide one another, and a comment can be between
  // two removed members.
  test('in YAML of any style, the new text has the patched data, and nothing else changes', () => {
    expect(declinedAbove(0.01, anyStyle)).toEqual([]);
  });

  test('in YAML with common syntax are declined in at most one of a thousand documents', () => {
    expect(declinedAbove(0.001, commonStyle)).toEqual([]);
  });

  test('in JSON of any layout are never declined', () => {
    const property = fc.property(documents, anyStyle, anything, (document, style, wanted) => {
      expect(check(printJson(document, style), true, wanted)).toHaveProperty('isWritten', true);
    });
    fc.assert(property, { numRuns: Math.ceil(documentCount * 0.15) });
  });
});

test('additions to YAML in block style leave every line unchanged', () => {
  const property = fc.property(documents, blockStyle, wishes('add'), (document, style, wanted) => {
    const text = printYaml(document, style);
    const { isWritten, result } = check(text, false, wanted);
    expect({ isWritten, result }).toHaveProperty('isWritten', true);
    const hasEmptyBrackets = /[[{] ?[\]}]/.test(text);
    expect(hasEmptyBrackets ? [] : missingLines(text, result)).toEqual([]);
  });
  fc.assert(property, { numRuns: Math.ceil(documentCount * 0.2) });
});

test('a damaged text is either read or refused with a reason', () => {
  const damage = fc.record({ at: fc.nat(), length: fc.nat(9), instead: fc.string({ maxLength: 3 }) });
  const property = fc.property(
    documents,
    anyStyle,
    damage,
    fc.boolean(),
    (document, style, { at, length, instead }, isJson) => {
      const text = isJson ? printJson(document, style) : printYaml(document, style);
      const start = at % (text.length + 1);
      const damaged = text.slice(0, start) + instead + text.slice(start + length);
      expect(reasonFor(damaged)).toMatch(/\w/);
    },
  );
  fc.assert(property, { numRuns: Math.ceil(documentCount * 0.15) });
});

/** The reason why a text cannot be read or changed, or the new text. */
function reasonFor(text: string): string {
  let editor: TextEditor;
  try {
    editor = new TextEditor(text);
  } catch (error) {
    if (error instanceof UnreadableText) return error.message;
    throw error;
  }
  const reason = editor.take([{ op: 'add', path: ['x-new'], value: { a: [1, 'b'] } }]);
  const outcome = editor.finish();
  if ('declined' in outcome) return outcome.declined;
  assertSame(new TextEditor(outcome.text).data, editor.data);
  return reason ?? outcome.text;
}
