import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { TextEditor } from '../../src/text-editor/editor.js';

/** The text after the value of `from` is added as `to`, too. */
function withCopy(text: string): string {
  const editor = new TextEditor(text);
  const { from } = parse(text) as { readonly from: never };
  expect(editor.take([{ op: 'add', path: ['to'], value: from }])).toBeUndefined();
  const result = editor.finish();
  return 'text' in result ? result.text : result.declined;
}

test.each([
  ['a literal one', 'from: |\n  one\n  two\n', 'to: |\n  one\n  two\n'],
  ['without the last line break', 'from: |-\n  one\n  two\n', 'to: |-\n  one\n  two\n'],
  ['with all line breaks', 'from: |+\n  one\n\n\n', 'to: |+\n  one\n\n\n'],
  ['of one line', 'from: |\n  one\n', 'to: |\n  one\n'],
  ['a folded one', 'from: >\n  one\n  two\n\n  three\n', 'to: >\n  one\n  two\n\n  three\n'],
  ['a folded one without the last line break', 'from: >-\n  one\n\n  two\n', 'to: >-\n  one\n\n  two\n'],
  ['with lines that are indented further', 'from: |\n  one\n    two\n', 'to: |\n  one\n    two\n'],
  ['with a first line that is indented', 'from: |2\n    one\n  two\n', 'to: |2\n    one\n  two\n'],
  ['with spaces at the end of a line', 'from: |\n  one  \n  two\n', 'to: |\n  one  \n  two\n'],
  ['with empty lines before the text', 'from: |\n\n  one\n  two\n', 'to: |\n\n  one\n  two\n'],
  ['with a comment', 'from: | # why\n  one\n  two\n', 'to: |\n  one\n  two\n'],
  ['of another indentation', 'from: |\n      one\n      two\n', 'to: |\n  one\n  two\n'],
  ['of a text with the line breaks of Windows', 'from: |\r\n  one\r\n  two\r\n', 'to: |\r\n  one\r\n  two\r\n'],
])('a copied block scalar stays one: %s', (_, text, copy) => {
  expect(withCopy(text)).toBe(text.replace(/\r?\n$/, copy.includes('\r') ? '\r\n' : '\n') + copy);
});

test('it stays one where all other strings are in quotation marks', () => {
  const text = "a: 'x'\nb: 'y'\nfrom: |\n  one\n  two\n";
  expect(withCopy(text)).toBe(`${text}to: |\n  one\n  two\n`);
});

test('it stays one in an object that would else be in brackets', () => {
  const text = 'a: {x: 1}\nfrom: {description: x}\nb:\n  - |\n    one\n    two\n';
  const editor = new TextEditor(text);
  editor.take([{ op: 'add', path: ['from2'], value: { description: 'one\ntwo\n' } }]);
  expect(editor.finish()).toMatchObject({ text: `${text}from2:\n  description: |\n    one\n    two\n` });
});

test('a string in quotation marks does not become one', () => {
  const text = 'a: "x"\nb: "y"\nfrom: "one\\ntwo\\n"\n';
  expect(withCopy(text)).toBe(`${text}to: "one\\ntwo\\n"\n`);
});

test('it is quoted in brackets, where it cannot stand', () => {
  const text = 'from: |\n  one\n  two\nin: {a: 1}\n';
  const editor = new TextEditor(text);
  editor.take([{ op: 'add', path: ['in', 'to'], value: 'one\ntwo\n' }]);
  expect(editor.finish()).toMatchObject({ text: 'from: |\n  one\n  two\nin: {a: 1, to: "one\\ntwo\\n"}\n' });
});
