import { describe, expect, test } from 'vitest';
import { TextEditor } from '../../src/text-editor/editor.js';
import { add, editedText, finishedText, lines, remove, rename, replace } from './patches.js';

const notModified = { description: 'Not Modified', headers: { ETag: { schema: { type: 'string' } } } };

describe('a new member of a block mapping', () => {
  test('is indented like its neighbours', () => {
    const text = lines`
      responses:
          '200':
              description: OK
    `;
    expect(editedText(text, add('/responses/304', notModified))).toBe(lines`
      responses:
          '200':
              description: OK
          '304':
              description: Not Modified
              headers:
                  ETag:
                      schema:
                          type: string
    `);
  });

  test.each([
    ["'200'", "'304'"],
    ['"200"', '"304"'],
    ['200', '304'],
  ])('is named like %s', (code, name) => {
    const text = `responses:\n  ${code}:\n    description: OK\n`;
    expect(editedText(text, add('/responses/304', {}))).toBe(`${text}  ${name}: {}\n`);
  });

  test('is quoted like the status codes elsewhere in the text if none is beside it', () => {
    const text = lines`
      a:
        "200": x
      b:
        default: y
    `;
    expect(editedText(text, add('/b/304', 'z'))).toBe(lines`
      a:
        "200": x
      b:
        default: y
        "304": z
    `);
  });

  test('has quoted names and strings if all its neighbours are quoted', () => {
    expect(editedText(`"a":\n  "b": "x"\n  "c": "y"\n`, add('/a/d', { e: 'z', f: 1 }))).toBe(
      `"a":\n  "b": "x"\n  "c": "y"\n  "d":\n    "e": "z"\n    "f": 1\n`,
    );
    expect(editedText(`a: 'x'\nb: 'y'\n`, add('/c', "it's"), add('/d', 'z'))).toBe(
      `a: 'x'\nb: 'y'\nc: "it's"\nd: 'z'\n`,
    );
  });

  test('has the quotation marks that the text uses, if it needs any', () => {
    const odd = { '': '', '#a': ' b', '304': '1', no: 'no', '<<': '2020-01-01', 'a: b': '*/*', '- c': 'W/"x"' };
    expect(editedText(`a: "x"\nb: c\n`, add('/z', odd))).toBe(lines`
      a: "x"
      b: c
      z:
        "304": "1"
        "": ""
        "#a": " b"
        "no": "no"
        "<<": "2020-01-01"
        "a: b": "*/*"
        "- c": W/"x"
    `);
    expect(editedText(`b: c\n`, add('/z', { 'a: b': '*x', c: '#' }))).toBe(`b: c\nz:\n  'a: b': '*x'\n  c: '#'\n`);
  });

  test('is a block scalar if it is a string of several lines', () => {
    expect(editedText(`a:\n  b: 1\n`, add('/a/c', 'one\n\n  two\n'), add('/a/d', 'one\ntwo'), add('/a/e', ' x\n')))
      .toBe(lines`
      a:
        b: 1
        c: |
          one

            two
        d: |-
          one
          two
        e: " x\n"
    `);
  });
});

describe('the position of a new member', () => {
  test.each([
    [['200'], ['200', '304']],
    [['404'], ['304', '404']],
    [
      ['200', '404'],
      ['200', '304', '404'],
    ],
    [
      ['200', '404', 'default'],
      ['200', '304', '404', 'default'],
    ],
    [
      ['default', '200', '404'],
      ['default', '200', '304', '404'],
    ],
    [
      ['200', 'default'],
      ['200', '304', 'default'],
    ],
    [
      ['200', '4XX'],
      ['200', '304', '4XX'],
    ],
    [
      ['404', '200'],
      ['404', '200', '304'],
    ],
  ])('follows the order of status codes: 304 among %j', (codes, after) => {
    const text = `responses:\n${codes.map((code) => `  '${code}': {}\n`).join('')}`.replaceAll("'default'", 'default');
    const names = [...editedText(text, add('/responses/304', {})).matchAll(/^ {2}'?(\w+)/gm)].map(([, name]) => name);
    expect(names).toEqual(after);
  });

  test('follows the order of status codes, even if they are added in another order', () => {
    const changes = [add('/412', 'c'), add('/304', 'b'), add('/428', 'd')];
    expect(editedText(`'200': a\n`, ...changes)).toBe(`'200': a\n'304': b\n'412': c\n'428': d\n`);
  });

  test('is alphabetical if its neighbours are in alphabetical order', () => {
    expect(editedText(`headers:\n  Age: 1\n  Vary: 2\n`, add('/headers/ETag', 3))).toBe(
      `headers:\n  Age: 1\n  ETag: 3\n  Vary: 2\n`,
    );
    expect(editedText(`headers:\n  Vary: 2\n  Age: 1\n`, add('/headers/ETag', 3))).toBe(
      `headers:\n  Vary: 2\n  Age: 1\n  ETag: 3\n`,
    );
  });

  test('is the same as in similar objects', () => {
    const text = lines`
      '200':
        summary: s
        headers: {}
        content: c
      '404':
        summary: t
        content: d
    `;
    expect(editedText(text, add('/404/headers', {}))).toBe(lines`
      '200':
        summary: s
        headers: {}
        content: c
      '404':
        summary: t
        headers: {}
        content: d
    `);
  });

  test('follows the convention if the text shows no order', () => {
    const text = `get:\n  summary: s\n  responses: {}\n  deprecated: true\n`;
    const conventions = [['summary', 'description', 'parameters', 'responses']];
    expect(finishedText(new TextEditor(text, conventions), add('/get/parameters', []))).toBe(
      `get:\n  summary: s\n  parameters: []\n  responses: {}\n  deprecated: true\n`,
    );
    expect(editedText(text, add('/get/parameters', []))).toBe(`${text}  parameters: []\n`);
  });

  test('is after a merge key', () => {
    expect(editedText(`x: &x {}\ny:\n  <<: *x\n  b: 1\n  c: 2\n`, add('/y/a', 0))).toBe(
      `x: &x {}\ny:\n  <<: *x\n  a: 0\n  b: 1\n  c: 2\n`,
    );
  });
});

describe('block sequences', () => {
  test('keep the indentation of their dashes', () => {
    expect(editedText(`a:\n  - x\n`, add('/a/1', 'z'))).toBe(`a:\n  - x\n  - z\n`);
    expect(editedText(`a:\n- x\nb: 1\n`, add('/a/1', 'z'))).toBe(`a:\n- x\n- z\nb: 1\n`);
    expect(editedText(`a:\n-   x: 1\n`, add('/a/1', { w: 2, z: 3 }))).toBe(`a:\n-   x: 1\n-   w: 2\n    z: 3\n`);
  });

  test('indent the dashes of a new sequence like those of others', () => {
    expect(editedText(`a:\n- x\nb:\n  d: 1\n`, add('/b/c', [1, [2, 3], { d: 4, e: [5] }, []]))).toBe(lines`
      a:
      - x
      b:
        d: 1
        c:
        - 1
        - - 2
          - 3
        - d: 4
          e:
          - 5
        - []
    `);
    expect(editedText(`a:\n    - x\nb:\n    d: 1\n`, add('/b/e', [{ f: 1, g: 2 }]))).toBe(
      `a:\n    - x\nb:\n    d: 1\n    e:\n        - f: 1\n          g: 2\n`,
    );
  });
});

describe('the lines around a change', () => {
  test('include an empty line if there are empty lines between members', () => {
    expect(editedText(`a: 1\n\nb: 2\n`, add('/c', 3))).toBe(`a: 1\n\nb: 2\n\nc: 3\n`);
    expect(editedText(`x:\n  b: 2\n\n  c: 3\n`, add('/x/a', 1))).toBe(`x:\n  a: 1\n\n  b: 2\n\n  c: 3\n`);
    expect(editedText(`a: 1\nb: 2\n\nc: 3\n`, add('/d', 4))).toBe(`a: 1\nb: 2\n\nc: 3\nd: 4\n`);
  });

  test('keep their comments', () => {
    const text = lines`
      # top
      responses: # all
        # the good
        '200': # fine
          description: OK # here
          # more of it
        # the bad
        '404':
          description: gone
      # end
    `;
    expect(editedText(text, add('/responses/304', 'x'), add('/responses/100', 'w'), add('/responses/500', 'z')))
      .toBe(lines`
      # top
      responses: # all
        '100': w
        # the good
        '200': # fine
          description: OK # here
          # more of it
        '304': x
        # the bad
        '404':
          description: gone
        '500': z
      # end
    `);
  });

  test('keep their line breaks', () => {
    expect(editedText(`a:\r\n  b: 1\r\nc: 2\r\n`, add('/a/d', { e: 1 }))).toBe(
      `a:\r\n  b: 1\r\n  d:\r\n    e: 1\r\nc: 2\r\n`,
    );
    expect(editedText(`a:\r\n  b: 1`, add('/a/c', 2))).toBe(`a:\r\n  b: 1\r\n  c: 2`);
    expect(editedText(`a:\n  b: 1`, add('/a/c', 2))).toBe(`a:\n  b: 1\n  c: 2`);
    expect(editedText(`a: 1\n\n\n`, add('/b', 2))).toBe(`a: 1\nb: 2\n\n\n`);
  });

  test('may have a byte order mark and document markers', () => {
    expect(editedText(`\uFEFFb: 1\nc: 2\n`, add('/a', 0), add('/d', 3))).toBe(`\uFEFFa: 0\nb: 1\nc: 2\nd: 3\n`);
    expect(editedText(`%YAML 1.2\n--- # x\na: 1\n...\n# y\n`, add('/b', 2))).toBe(
      `%YAML 1.2\n--- # x\na: 1\nb: 2\n...\n# y\n`,
    );
    expect(editedText(`\uFEFFa: 1\nb: 2\n`, remove('/a'))).toBe(`\uFEFFb: 2\n`);
  });

  test('may have tabs between names and values', () => {
    expect(editedText(`a:\tx\nb:\t"y"\t# z\n`, add('/c', 1), replace('/b', 'w'))).toBe(`a:\tx\nb:\t"w"\t# z\nc: 1\n`);
  });
});

describe('a member added after a block scalar', () => {
  test.each(['|', '>-', '|+', '|2-', '>'])('leaves the scalar unchanged: %s', (header) => {
    const text = `a:\n  b: ${header}\n    one\n\n    two\n`;
    expect(editedText(text, add('/a/c', 1))).toBe(`${text}  c: 1\n`);
  });

  test('leaves the empty lines of the scalar with it', () => {
    expect(editedText(`a: |+\n  x\n\n\n`, add('/b', 1))).toBe(`a: |+\n  x\n\n\nb: 1\n`);
    expect(editedText(`a: |\n  x\n\n\n`, add('/b', 1))).toBe(`a: |\n  x\nb: 1\n\n\n`);
  });
});

describe('an empty value', () => {
  test.each(['', ' null', ' ~', ' {}', ' []', ' # later'])('`headers:%s` gets a value', (value) => {
    const comment = value.includes('#') ? value : '';
    expect(editedText(`a:\n  headers:${value}\n  b: 1\n`, replace('/a/headers', { ETag: { x: 1 } }))).toBe(
      `a:\n  headers:${comment}\n    ETag:\n      x: 1\n  b: 1\n`,
    );
    expect(editedText(`a:\n  headers:${value}\n  b: 1\n`, replace('/a/headers', 'x'))).toBe(
      `a:\n  headers: x${comment}\n  b: 1\n`,
    );
  });

  test('gets members on the lines below, unless it is inside brackets', () => {
    expect(editedText(`a: {} # x\nb: []\n`, add('/a/c', { d: 'e' }), add('/b/0', 1))).toBe(
      `a: # x\n  c:\n    d: e\nb:\n  - 1\n`,
    );
    expect(editedText(`- {}\n- []\n`, add('/0/a', 1), add('/0/b', 2), add('/1/0', 3))).toBe(`- a: 1\n  b: 2\n- - 3\n`);
    expect(editedText(`a: {}\n`, add('/a/c', 1), remove('/a/c'))).toBe(`a: {}\n`);
    expect(editedText(`a: { # x\n  }\n`, add('/a/c', 1))).toBe(`a: { # x\n  c: 1}\n`);
  });

  test('gets an item after its dash', () => {
    expect(editedText(`-\n- # x\n- 1\n`, replace('/0', 'a'), replace('/1', { b: 1, c: 2 }))).toBe(
      `- a\n- # x\n  b: 1\n  c: 2\n- 1\n`,
    );
  });
});

describe('a replaced value', () => {
  test('keeps its quotation marks', () => {
    const text = `a: 'x' # 1\nb: "x"\nc: x\nd: |\n  x\ne: [x]\n`;
    const values = ['a', 'b', 'c', 'd', 'e'].map((name) => replace(`/${name}`, 'z'));
    expect(editedText(text, ...values)).toBe(`a: 'z' # 1\nb: "z"\nc: z\nd: z\ne: z\n`);
  });

  test('may be a block collection before or after the change', () => {
    expect(editedText(`a: # x\n  b: 1\nc: 2\n`, replace('/a', 3))).toBe(`a: 3 # x\nc: 2\n`);
    expect(editedText(`a: 1 # x\nc: 2\n`, replace('/a', { b: [1] }))).toBe(`a: # x\n  b:\n    - 1\nc: 2\n`);
    expect(editedText(`a:\n- 1\n- 2\nc: 2\n`, replace('/a', { b: 1 }))).toBe(`a:\n  b: 1\nc: 2\n`);
    expect(editedText(`- a: 1\n  b: 2\n- c\n`, replace('/0', 'x'), replace('/1', { w: 1, z: 2 }))).toBe(
      `- x\n- w: 1\n  z: 2\n`,
    );
  });

  test('keeps its anchor', () => {
    expect(editedText(`a: &a x\nb: *a\n`, replace('/b', 'z'))).toBe(`a: &a x\nb: z\n`);
    expect(editedText(`a: &a x\nb: *a\n`, replace('/a', { c: 1 }))).toBe(`a: &a\n  c: 1\nb: *a\n`);
  });
});

describe('a removed member', () => {
  const text = lines`
    x: # 1
      a: 1
      b:
        c: [1,
          2]
      # 2
      d: |
        3

    y: 4
  `;

  test('is removed with its lines', () => {
    expect(editedText(text, remove('/x/a'))).toBe(text.replace('  a: 1\n', ''));
    expect(editedText(text, remove('/x/b'))).toBe(text.replace(/ {2}b:[^]*(?= {2}# 2)/, ''));
    expect(editedText(text, remove('/x/d'))).toBe(text.replace('  d: |\n    3\n', ''));
    expect(editedText(text, remove('/y'))).toBe(text.replace('\ny: 4\n', ''));
    expect(editedText(text, remove('/x/a'), remove('/x/b'), remove('/x/d'))).toBe(`x: {} # 1\n  # 2\n\ny: 4\n`);
  });

  test('leaves empty brackets behind', () => {
    expect(editedText(`a:\n  b: 1\nc: 2\n`, remove('/a/b'))).toBe(`a: {}\nc: 2\n`);
    expect(editedText(`a:\n- 1\nc: 2\n`, remove('/a/0'))).toBe(`a: []\nc: 2\n`);
    expect(editedText(`- b: 1\n- c: 2\n`, remove('/0/b'))).toBe(`- {}\n- c: 2\n`);
    expect(editedText(`# x\nb: 1\n# y\nc: 2\n`, remove('/b'), remove('/c'))).toBe(`# x\n{}\n# y\n`);
    expect(editedText(`a:\n  b: 1\n`, remove('/a/b'), add('/a/c', 2))).toBe(`a:\n  c: 2\n`);
  });

  test('after a dash is replaced there by the next member', () => {
    expect(editedText(`- a: 1\n  b: 2\n- - 1\n  - 2\n`, remove('/0/a'), remove('/1/0'))).toBe(`- b: 2\n- - 2\n`);
    expect(editedText(`- a: 1\n  b: 2\n`, remove('/0/b'))).toBe(`- a: 1\n`);
    expect(editedText(`- a\n- b\n- c\n`, remove('/1'), remove('/1'))).toBe(`- a\n`);
  });

  test('is removed together with one of two empty lines around it', () => {
    expect(editedText(`a: 1\n\nb: 2\n\nc: 3\n`, remove('/b'))).toBe(`a: 1\n\nc: 3\n`);
    expect(editedText(`a: 1\r\n\r\nb: 2\r\n`, remove('/b'))).toBe(`a: 1\r\n`);
    expect(editedText(`a: 1\n\nb: 2\nc: 3\n`, remove('/b'))).toBe(`a: 1\n\nc: 3\n`);
  });

  test('is removed from the end of a text without a last line break', () => {
    expect(editedText(`a: 1\nb: 2\nc: 3`, remove('/b'), remove('/c'))).toBe(`a: 1`);
    expect(editedText(`a: 1\r\nb: 2`, remove('/b'))).toBe(`a: 1`);
  });
});

test('a renamed member keeps its position', () => {
  expect(editedText(`Etag: # x\n  b: 1\nc: 2\n`, rename('/Etag', 'ETag'))).toBe(`ETag: # x\n  b: 1\nc: 2\n`);
  expect(editedText(`'200': a\n`, rename('/200', '304'))).toBe(`'304': a\n`);
  expect(editedText(`a: 1\n`, rename('/a', 'b'), replace('/b', 2), rename('/b', 'c: d'))).toBe(`'c: d': 2\n`);
});

test('a member may have an explicit key, an anchor or a tag', () => {
  expect(editedText(`? a\n: 1\n? b\n: 2\n`, add('/c', 3), remove('/a'))).toBe(`? b\n: 2\nc: 3\n`);
  expect(editedText(`&x a: 1\n!!str b: 2\n`, add('/c', 3), remove('/b'))).toBe(`&x a: 1\nc: 3\n`);
});
