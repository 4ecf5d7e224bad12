import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { YamlText } from '../../src/files/yaml-text.js';
import { documentCount, fc } from '../fast-check.js';
import { read, root } from '../files.js';
import { mutants } from '../fuzz/mutants.js';
import { documents } from '../text-editor/documents.js';
import { printYaml } from '../text-editor/printer.js';
import { anyStyle, commonStyle } from '../text-editor/styles.js';

import { damaged, damages, readings, numbers, pieces } from './spectral-yaml.js';

/** The lines of a text: an indentation and some pieces each. */
const lines = fc
  .array(
    fc.tuple(
      fc.constantFrom(0, 0, 0, 2, 2, 2, 4, 4, 6, 1, 3),
      fc.array(fc.constantFrom('- ', '- ', 'a: ', 'b: ', 'c: ', 'a:', 'b:', 'd:'), { maxLength: 2 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 3 }),
      fc.constantFrom(
        '\n',
        '\n',
        '\n',
        '\n',
        '\n\n',
        '\r\n',
        ' \n',
        '\n  \n',
        ' # c\n',
        '\n# c\n',
        '\n    # c\n',
        '\t\n',
        '\r',
      ),
    ),
    { maxLength: 9 },
  )
  .map((all) =>
    all.map(([indent, keys, rest, end]) => `${' '.repeat(indent)}${keys.join('')}${rest.join('')}${end}`).join(''),
  );

/** Values that a line may hold after its name, and lines below it. */
const ordinary =
  String.raw`a/a b/ok # c/1/1.0/-1/true/null//# c/"a: b"/'a # b'/"a/[a, b]/{a: 1}/a:b/a#b/&a b/*a/!!str a/- a`
    .split('/')
    .concat('a: b', '-', '|', '|-', '|+', '>', '>-', '>+', '"a\n', "'a\n", 'a\n', '[\n', '{\n');

/** Texts that are regular for the most part, with names that rarely repeat. */
const regular = fc
  .array(
    fc.tuple(
      fc.constantFrom(0, 0, 1, 1, 1, 2, 2, 3, 4),
      fc.constantFrom('', '', '', '', '- ', '- - '),
      fc.constantFrom('name', 'name', 'name', 'name', '"name"', "'name'", 'line', 'line'),
      fc.constantFrom(...ordinary),
      fc.constantFrom('\n', '\n', '\n', '\n', '\n\n', ' \n', '\n\n\n', '\n# c\n', '\n   \n'),
    ),
    { maxLength: 12 },
  )
  .chain((all) =>
    fc.record({
      all: fc.constant(all),
      finalNewline: fc.boolean(),
      returns: fc.constantFrom(false, false, false, true),
      marker: fc.constantFrom('', '', '---\n', '# c\n\n'),
    }),
  )
  .map(({ all, finalNewline, returns, marker }) => {
    const text = all.map(([depth, dashes, name, value, end], index) => {
      const key = name === 'line' ? '' : `${name.replace('name', `n${index}`)}: `;
      return `${'  '.repeat(depth)}${dashes}${key}${value}${end}`;
    });
    const whole = marker + (finalNewline ? text.join('') : text.join('').trimEnd());
    return returns ? whole.replaceAll('\n', '\r\n') : whole;
  });

const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => read(join('examples', file)));

describe('a YAML text says what the parser of Spectral says it does', () => {
  test.each([
    [
      'of documents in every style',
      fc.tuple(documents, anyStyle).map(([document, style]) => printYaml(document, style)),
    ],
    [
      'of documents in the style of most',
      fc.tuple(documents, commonStyle).map(([document, style]) => {
        return printYaml(document, { ...style, comments: style.comments / 4, lineBreaks: ['\n'] });
      }),
    ],
    ['of lines at random', lines],
    ['of lines that are regular for the most part', regular],
    ['of mutated descriptions', mutants],
    [
      'of damaged examples',
      fc
        .tuple(fc.constantFrom(...examples), fc.array(damages, { minLength: 1, maxLength: 3 }))
        .map(([text, all]) => damaged(text, all)),
    ],
    [
      'of damaged texts in every style',
      fc
        .tuple(documents, commonStyle, fc.array(damages, { minLength: 1, maxLength: 2 }))
        .map(([document, style, all]) => damaged(printYaml(document, style), all)),
    ],
    [
      'of damaged regular texts',
      fc.tuple(regular, fc.array(damages, { maxLength: 2 })).map(([text, all]) => damaged(text, all)),
    ],
  ])('%s', (_, texts) => {
    fc.assert(
      fc.property(texts, numbers, (text, places) => {
        const { ours, theirs } = readings(text, places);
        expect(ours).toEqual(theirs);
      }),
      { numRuns: Math.ceil(documentCount / (texts === mutants ? 5 : 1)) },
    );
  });
});

test("Spectral's parser reads no text that is written as most are", () => {
  expect(new YamlText(String.raw`a: "\x41\u0041\U0001F600"`).isCommon).toBe(true);
  for (const example of examples) expect(new YamlText(example).isCommon).toBe(!/(?:[&*]\w|<<:|^%)/m.test(example));
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      const text = texts.map((one, index) => `n${index}: ${JSON.stringify(one)}\n`).join('');
      expect(new YamlText(`a: 1\n${text}`).isCommon).toBe(!/[\u007F-\u009F\uFFFE\uFFFF]/.test(text));
    }),
  );
});

test.each([
  ['a character beyond the 65,536 first ones, by its number', String.raw`a: "\U0001F600"`],
  ['a character by all eight digits of its number', String.raw`a: "\U00000041\U0010fFFF b"`],
  ['half a character by its number', String.raw`a: "\U0000D83D\U0000DE00\U0000D83D"`],
  ['the number of no character', String.raw`a: "\U00110000\UFFFFFFFF\U80000041"`],
  ['too few digits of a number', String.raw`a: "\U0001F60"`],
  ['a carriage return at its end', 'a: >-\r'],
  ['an apostrophe at the end of a line in quotation marks', "a: 'b''\n  c'\n"],
  ['a line break at the end that is kept', 'a: |+\n  b\n\n\nc: 1\n'],
  ['an empty line at the beginning of a block', 'a: |\n\n  b\nc: >\n\n\n  d\n'],
  ['the indentation of a block', 'a: |2\n    b\n   c\nd: 1\n'],
  ['names that are numbers', '0x1F: 1\n1.0: 2\n7: 3\n'],
  ['the start of a document in a text', 'a: "b\n---\n c"\n'],
  ['an item without a value before one further left', 'a:\n  -\n- b\n'],
])('a text says what the parser of Spectral says it does: %s', (_, text) => {
  const { ours, theirs } = readings(text, [0, 1, 2]);
  expect(ours).toEqual(theirs);
});
