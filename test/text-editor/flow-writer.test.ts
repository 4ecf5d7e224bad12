import { describe, expect, test } from 'vitest';
import { add, editedText, lines, remove, rename, replace } from './patches.js';

const notModified = { description: 'Not Modified', headers: {} };

describe('the flow writer on YAML', () => {
  test.each([
    ['a: {b: 1}\n', 'a: {b: 1, c: {d: [2]}}\n'],
    ['a: { b: 1 }\n', 'a: { b: 1, c: { d: [2] } }\n'],
    ['a: {b: 1,}\n', 'a: {b: 1, c: {d: [2]},}\n'],
    ['a: {"b":1}\n', 'a: {"b":1,c: {d: [2]}}\n'],
    ['{ a: { b: 1 } }\n', '{ a: { b: 1, c: { d: [2] } } }\n'],
  ])('adds a member to a flow mapping on one line: %j', (text, result) => {
    expect(editedText(text, add('/a/c', { d: [2] }))).toBe(result);
  });

  test('adds a member to a flow mapping over several lines', () => {
    const text = lines`
      a: {
        b: 1, # x
        c: [ 1,
          2 ] # y
      }
    `;
    expect(editedText(text, add('/a/d', 'e'), add('/a/c/2', 3))).toBe(lines`
      a: {
        b: 1, # x
        c: [ 1,
          2, 3 ], # y
        d: e
      }
    `);
    expect(editedText(text, remove('/a/c/0'))).toBe(text.replace('1,\n    2', '2'));
    expect(() => editedText(text, remove('/a/b'))).toThrow('the comment "# x" would be lost');
  });

  test('keeps a trailing comma', () => {
    expect(editedText(`a: [\n  1,\n  2,\n]\n`, add('/a/2', 3))).toBe(`a: [\n  1,\n  2,\n  3,\n]\n`);
    expect(editedText(`a: [1, 2,]\n`, remove('/a/1'))).toBe(`a: [1,]\n`);
  });

  test('keeps the layout and the quotation marks of JSON inside a YAML file', () => {
    const text = `# x\n{\n  "a": {\n    "b": 1\n  },\n  "c": []\n}\n`;
    expect(editedText(text, add('/a/d', { e: ['f'] }))).toBe(
      `# x\n{\n  "a": {\n    "b": 1,\n    "d": {\n      "e": [\n        "f"\n      ]\n    }\n  },\n  "c": []\n}\n`,
    );
  });

  test('quotes strings that need it inside brackets', () => {
    expect(
      editedText(`a: [x]\n`, add('/a/1', 'b, c'), add('/a/2', 'd: e'), add('/a/3', 'f g'), add('/a/4', '1\n')),
    ).toBe(`a: [x, 'b, c', 'd: e', f g, "1\\n"]\n`);
  });

  test('gives a member without a value its value', () => {
    expect(editedText(`a: {b: , c}\n`, replace('/a/b', 1), replace('/a/c', 2))).toBe(`a: {b: 1 , c: 2}\n`);
  });

  test.each([
    ['/a', '{b: 2, c: 3}'],
    ['/b', '{a: 1, c: 3}'],
    ['/c', '{a: 1, b: 2}'],
  ])('removes the member at %s', (pointer, result) => {
    expect(editedText(`{a: 1, b: 2, c: 3}\n`, remove(pointer))).toBe(`${result}\n`);
  });

  test('leaves empty brackets when the last member is removed', () => {
    expect(editedText(`a: {b: 1}\nc: [ 1 ]\n`, remove('/a/b'), remove('/c/0'))).toBe(`a: {}\nc: []\n`);
    expect(editedText(`{a: 1, b: 2}\n`, remove('/b'), remove('/a'), add('/c', 3))).toBe(`{c: 3}\n`);
  });

  test('renames members and replaces values', () => {
    expect(editedText(`{a: 1, 'b': 2}\n`, rename('/a', 'c'), rename('/b', 'd'), replace('/c', [1]))).toBe(
      `{c: [1], d: 2}\n`,
    );
  });
});

describe('the flow writer on JSON', () => {
  const description = { responses: { '200': { description: 'OK' }, '404': { description: 'none' } } };

  test.each([2, 4, '\t'])('keeps an indentation of %j', (indentation) => {
    const text = JSON.stringify(description, null, indentation);
    const responses = { ...description.responses, '304': notModified };
    expect(editedText(text, add('/responses/304', notModified))).toBe(JSON.stringify({ responses }, null, indentation));
    expect(editedText(`${text}\n`, remove('/responses/404'), add('/responses/404', {}), remove('/responses/404'))).toBe(
      `${JSON.stringify({ responses: { '200': { description: 'OK' } } }, null, indentation)}\n`,
    );
  });

  test.each([
    ['{"a":{"b":1}}', '{"a":{"b":1,"c":{"d":[1,2]}}}'],
    ['{ "a": { "b": 1 } }\n', '{ "a": { "b": 1, "c": { "d": [1, 2] } } }\n'],
    ['{"a": {"b": 1}}', '{"a": {"b": 1, "c": {"d": [1, 2]}}}'],
    ['{"a" : {"b" : 1}}', '{"a" : {"b" : 1, "c" : {"d" : [1, 2]}}}'],
    [
      '{\r\n  "a": {\r\n    "b": 1\r\n  }\r\n}\r\n',
      '{\r\n  "a": {\r\n    "b": 1,\r\n    "c": {\r\n      "d": [\r\n        1,\r\n        2\r\n      ]\r\n    }\r\n  }\r\n}\r\n',
    ],
  ])('keeps the layout of %j', (text, result) => {
    expect(editedText(text, add('/a/c', { d: [1, 2] }))).toBe(result);
    expect(editedText(`\uFEFF${text}`, add('/a/c', { d: [1, 2] }))).toBe(`\uFEFF${result}`);
    expect(editedText(result, remove('/a/c'))).toBe(text);
  });

  test('keeps small objects on one line', () => {
    const text = `{\n  "a": { "$ref": "x" },\n  "b": { "$ref": "y" }\n}\n`;
    expect(editedText(text, add('/c', { $ref: 'z' }))).toBe(
      `{\n  "a": { "$ref": "x" },\n  "b": { "$ref": "y" },\n  "c": { "$ref": "z" }\n}\n`,
    );
  });

  test('adds members to empty objects', () => {
    expect(editedText(`{}`, add('/a', {}), add('/a/b', []))).toBe(`{"a": {"b": []}}`);
    expect(editedText(`{\n  "a": {},\n  "b": [ ]\n}`, add('/a/c', 1), add('/b/0', 2))).toBe(
      `{\n  "a": {\n    "c": 1\n  },\n  "b": [\n    2\n  ]\n}`,
    );
    expect(editedText(`{\n  "a": {\n    "b": 1\n  }\n}`, remove('/a/b'))).toBe(`{\n  "a": {}\n}`);
  });

  test.each([
    ['/0', '[ 2, 3 ]'],
    ['/1', '[ 1, 3 ]'],
    ['/2', '[ 1, 2 ]'],
  ])('removes the item at %s', (pointer, result) => {
    expect(editedText('[ 1, 2, 3 ]', remove(pointer))).toBe(result);
  });

  test('renames members and replaces values', () => {
    expect(editedText('{"Etag": 1, "__proto__": 2}', rename('/Etag', 'ETag'), replace('/__proto__', { a: '\n' }))).toBe(
      '{"ETag": 1, "__proto__": {"a": "\\n"}}',
    );
  });
});
