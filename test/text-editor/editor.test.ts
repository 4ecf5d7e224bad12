import { describe, expect, test } from 'vitest';
import { TextEditor } from '../../src/text-editor/editor.js';
import { lineAndColumnOf, UnreadableText } from '../../src/text-editor/parsed-document.js';
import { add, editedText, finishedText, lines, pathOfPointer, remove, rename, replace } from './patches.js';

const shared = lines`
  base: &base
    a: &a { b: 1 }
  alias: *base
  merged:
    <<: *base
    c: *a
`;

function placesOf(pointer: string): string[] | undefined {
  return new TextEditor(shared).placesOf(pathOfPointer(pointer))?.map((path) => `/${path.join('/')}`);
}

describe('YAML anchors and aliases', () => {
  test('make one text appear at several places in the data', () => {
    expect(placesOf('/base/a/b')).toEqual(['/base/a/b', '/alias/a/b', '/merged/a/b', '/merged/c/b']);
    expect(placesOf('/merged/a/b')?.toSorted()).toEqual(placesOf('/base/a/b')?.toSorted());
    expect(placesOf('/merged/c')).toEqual(['/merged/c']);
    expect(placesOf('/merged/d')).toEqual(['/merged/d']);
    expect(placesOf('/alias/d')).toEqual(['/base/d', '/alias/d', '/merged/d']);
  });

  test('make a change at one alias a change of the anchor and of all its aliases', () => {
    const editor = new TextEditor(shared);
    expect(finishedText(editor, replace('/merged/a/b', 2), add('/alias/d', 3))).toBe(
      shared.replace('b: 1 }', 'b: 2 }\n  d: 3'),
    );
    const base = { a: { b: 2 }, d: 3 };
    expect(editor.data).toEqual({ base, alias: base, merged: { ...base, c: { b: 2 } } });
  });

  test('repeat the name of a member only if an alias repeats the whole object', () => {
    const editor = new TextEditor(shared);
    expect(editor.placesChangedBy(replace('/base/a', 1))).toEqual(
      ['/base/a', '/alias/a', '/merged/a', '/merged/c'].map(pathOfPointer),
    );
    expect(editor.placesChangedBy(rename('/base/a', 'd'))).toEqual(
      ['/base/a', '/alias/a', '/merged/a'].map(pathOfPointer),
    );
  });

  test('do not repeat a merged member where the object overrides it', () => {
    const text = `a: &a\n  b: 1\nc:\n  <<: *a\n  b: 2\n`;
    expect(editedText(text, replace('/a/b', 3), replace('/c/b', 4))).toBe(`a: &a\n  b: 3\nc:\n  <<: *a\n  b: 4\n`);
  });

  test.each([
    ['the anchor itself', 'a: &a\n  b: *a\n'],
    ['half a million places', nested(6)],
  ])('make the editor decline a change under an anchor repeated in %s', (_, text) => {
    const editor = new TextEditor(text);
    expect(editor.placesOf(['a', 'x'])).toBeUndefined();
    expect(editor.take([add('/a/x', 1)])).toBe('an anchor shows this text in too many places');
    expect(finishedText(editor, add('/z', 1))).toBe(`${text}z: 1\n`);
  });

  test('of a billion values do not prevent a change elsewhere', () => {
    const text = nested(30);
    expect(finishedText(new TextEditor(text), add('/z', 1))).toBe(`${text}z: 1\n`);
  });
});

function nested(depth: number): string {
  const levels = Array.from({ length: depth }, (_, n) => {
    const name = (level: number) => (level === 0 ? 'a' : `l${level}`);
    const members = Array.from({ length: 9 }, (__, index) => `k${index}: *${name(n)}`).join(', ');
    return `${name(n + 1)}: &${name(n + 1)} {${members}}\n`;
  });
  return `a: &a {b: 1}\n${levels.join('')}`;
}

describe('the editor declines a patch that it cannot write, with the reason', () => {
  test.each([
    ['a: 1 # why\n', remove('/a'), 'the comment "# why" would be lost'],
    ['a:\n  # why\n  b: 1\nc: 1\n', remove('/a'), 'the comment "# why" would be lost'],
    ['a:\n  b: 1 # why\nc: 1\n', replace('/a', 1), 'the comment "# why" would be lost'],
    ['- a: 1\n  # why\n  b: 1\n', remove('/0/a'), 'the comment "# why" would be lost'],
    ['[1, # why\n2]\n', remove('/0'), 'the comment "# why" would be lost'],
    [`a: 1 # ${'x'.repeat(50)}\n`, remove('/a'), `the comment "# ${'x'.repeat(37)}…" would be lost`],
    ['a: 1\na: 2\n', replace('/a', 3), '"a" is there twice'],
    ['{"a": {"b": 1}, "a": {"b": 2}}', remove('/a/b'), '"a" is there twice'],
    ['a:\n  <<: {b: 1}\n', replace('/a/b', 2), 'it comes from a merge key'],
    ['a: &x 1\nb: *x\n', remove('/a'), 'an alias refers to it'],
    ['a:\n  b: &x 1\nc: *x\n', replace('/a', 2), 'an alias refers to it'],
    ['a:\n  b: &x\n    d: 1\nc: *x\n', remove('/a'), 'an alias refers to it'],
    ['a: !!str 1\n', replace('/a', 2), 'it has a tag'],
    ['a: [b: 1]\n', add('/a/0/c', 2), 'it has no brackets'],
    ['a: 1\n', replace('', 2), 'that is the whole document'],
    ['a: 1\n', add('/a', 2), 'the text says something else there'],
    ['a: 1\n', add('/a/b', 2), 'the text says something else there'],
    ['a: [1]\n', add('/a/0', 2), 'the text says something else there'],
    ['a: [1]\n', remove('/a/length'), 'the text says something else there'],
    ['a: 1\n', remove('/b'), 'the text says something else there'],
    ['a: 1\nb: 2\n', rename('/a', 'b'), 'the text says something else there'],
    ['a: 1\n', remove('/constructor'), 'the text says something else there'],
  ])('in the text %j', (text, change, reason) => {
    const editor = new TextEditor(text);
    const before = structuredClone(editor.data);
    expect(editor.take([change])).toBe(reason);
    expect(editor.data).toEqual(before);
    expect(editor.finish()).toEqual({ text, edits: [] });
  });

  test('a patch is declined as a whole if one of its changes is', () => {
    const editor = new TextEditor('a:\n  b: 1 # x\n');
    expect(editor.take([add('/a/c', {}), add('/a/c/d', 2), remove('/a/b')])).toBe('the comment "# x" would be lost');
    expect(editor.data).toEqual({ a: { b: 1 } });
    expect(editor.take([add('/a/c', {}), add('/a/c/d', 2)])).toBeUndefined();
    expect(editor.data).toEqual({ a: { b: 1, c: { d: 2 } } });
    expect(editor.take([replace('/a/c/d', 3), add('/a/c/d', 4)])).toBe('the text says something else there');
    expect(finishedText(editor)).toBe('a:\n  b: 1 # x\n  c:\n    d: 2\n');
  });
});

describe('after several patches', () => {
  test('a member that an earlier patch added can be changed', () => {
    const editor = new TextEditor('a: 1\n');
    expect(
      finishedText(
        editor,
        add('/b', { c: [1] }),
        rename('/b', 'd'),
        add('/d/c/1', 2),
        remove('/d/c/0'),
        replace('/a', 3),
      ),
    ).toBe('a: 3\nd:\n  c:\n    - 2\n');
    expect(editor.data).toEqual({ a: 3, d: { c: [2] } });
  });

  test('an array index counts the items that earlier patches left', () => {
    expect(editedText('- a\n- b\n- c\n', remove('/0'), add('/2', 'd'), replace('/0', 'e'), remove('/1'))).toBe(
      '- e\n- d\n',
    );
  });

  test('changes inside a value that is removed later are dropped', () => {
    expect(editedText('a:\n  b:\n    c: 1\nd: 2\n', replace('/a/b/c', 3), add('/a/b/e', 4), remove('/a'))).toBe(
      'd: 2\n',
    );
  });

  test('data that the editor returned earlier stays unchanged', () => {
    const editor = new TextEditor('a: {b: 1}\nc: {}\n');
    const { data } = editor;
    editor.take([replace('/a/b', 2)]);
    expect(data).toEqual({ a: { b: 1 }, c: {} });
    expect((editor.data as { c: unknown }).c).toBe((data as { c: unknown }).c);
  });
});

describe('a text is unreadable if it', () => {
  test.each([
    ['two documents', 'a: 1\n---\nb: 2\n', '2:1', 'holds more than one YAML document'],
    ['a bracket that nothing closes', 'a: [1\nb: 2\n', '2:1', /./],
    ['a tab as indentation', 'a:\n\tb: 1\n', '2:1', /[Tt]abs/],
    ['JSON with a missing colon', '{"a": 1,\n "b" 2}', '2:6', /./],
  ])('has %s', (_, text, place, reason) => {
    const error = faultOf(text);
    const { line, column } = lineAndColumnOf(text, error.offset ?? -1);
    expect(`${line}:${column}`).toBe(place);
    expect(error.message).toMatch(reason);
  });

  test('has an alias without an anchor', () => {
    expect(faultOf('a: *b\n').message).toContain('Unresolved alias');
  });

  test.each([
    ['JSON', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['YAML in brackets', `# x\n${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['YAML in blocks', `${'- '.repeat(10_000)}1`],
  ])('is nested too deeply: %s', (_, text) => {
    expect(faultOf(text).message).toBe('is nested too deeply');
  });
});

describe('a syntax error that other YAML parsers tolerate does not stop changes elsewhere', () => {
  test.each([
    [
      'a quoted string whose next lines are not indented',
      'a:\n  b: "one\n  two\n  three"\n  c: \'four\r\n\n five\'\nd: 1\n',
    ],
    ['a comment directly after a quotation mark', 'a:\n  b: "one"# two\nd: 1\n'],
  ])('%s', (_, text) => {
    const editor = new TextEditor(text);
    expect(editor.take([{ op: 'replace', path: ['d'], value: 2 }])).toBeUndefined();
    expect(editor.finish()).toMatchObject({ text: text.replace('d: 1', 'd: 2') });
  });

  test('a quotation mark that is never closed makes the text unreadable', () => {
    expect(faultOf('a: "b\nc: 1\n').message).toMatch(/^Missing closing "quote/);
  });
});

describe('a preview', () => {
  test('returns the text edits of a patch without applying it', () => {
    const editor = new TextEditor('a: 1\nb: 2\n');
    const previews = [[replace('/a', 3)], [replace('/b', 4)]].map((patch) => ({ patch, ...editor.preview(patch) }));
    expect(previews.map(({ edits }) => edits)).toEqual([
      [{ start: 3, end: 4, text: '3' }],
      [{ start: 8, end: 9, text: '4' }],
    ]);
    expect(editor.isRight(previews)).toBe(true);
    expect(editor.data).toEqual({ a: 1, b: 2 });
  });

  test('says why a patch would be declined', () => {
    expect(new TextEditor('a: 1\n').preview([remove('/b')])).toEqual({
      edits: [],
      declined: 'the text says something else there',
    });
  });

  test('of several patches is wrong if two conflict, or if the edits do not match their patch', () => {
    const editor = new TextEditor('a: 1\n');
    const patch = [rename('/a', 'b')];
    const { edits } = editor.preview(patch);
    expect(
      editor.isRight([
        { patch, edits },
        { patch, edits },
      ]),
    ).toBe(false);
    expect(editor.isRight([{ patch, edits: [{ start: 0, end: 1, text: 'c' }] }])).toBe(false);
    expect(editor.isRight([{ patch, edits: [{ start: 0, end: 1, text: '"b' }] }])).toBe(false);
    expect(editor.isRight([{ patch, edits }])).toBe(true);
  });

  test('is an error after a patch has been applied', () => {
    const editor = new TextEditor('a: 1\n');
    editor.take([replace('/a', 2)]);
    expect(() => editor.preview([replace('/a', 3)])).toThrow('a patch has been taken');
  });
});

test('an editor that has written its text accepts no more patches', () => {
  const editor = new TextEditor('a: 1\n');
  finishedText(editor, replace('/a', 2));
  expect(() => editor.take([replace('/a', 3)])).toThrow('the text has been written already');
});

test('a key that is not a scalar is named by its JSON, and stays unchanged', () => {
  const text = '? [a, b]\n: 1\nc: 2\n';
  expect(new TextEditor(text).data).toEqual({ '["a","b"]': 1, c: 2 });
  expect(editedText(text, replace('/c', 3))).toBe(text.replace('2', '3'));
});

function faultOf(text: string): UnreadableText {
  try {
    void new TextEditor(text).data;
  } catch (error) {
    if (error instanceof UnreadableText) return error;
  }
  throw new Error('it can be read');
}
