import { type Node as JsonNode, parseTree } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { jsonDocument } from '../../src/text-editor/json-document.js';
import type { Node } from '../../src/text-editor/parsed-document.js';
import { documentCount, fc } from '../fast-check.js';
import { documents } from './documents.js';

/** The white space that texts have instead of a line feed. */
const breaks = ['\n', '\r\n', ' \n\t', '\r'];

const texts = fc
  .tuple(
    fc.oneof(documents, fc.constantFrom('text', -1.5e-7, true, null, [], {})),
    fc.constantFrom(undefined, 1, 2, '\t'),
    fc.constantFrom(...breaks),
    fc.constantFrom('', '\uFEFF', '\uFEFF \n', '\n'),
    fc.boolean(),
  )
  .map(([data, indentation, lineBreak, before, isEscaped]) => {
    const text = before + JSON.stringify(data, undefined, indentation).replaceAll('\n', lineBreak) + lineBreak;
    // The letter stands only in strings.
    return isEscaped ? text.replaceAll('o', String.raw`\u006f`) : text;
  });

test('values are where jsonc-parser finds them', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const start = text.startsWith('\uFEFF') ? 1 : 0;
      const data: unknown = JSON.parse(text.slice(start));
      const expected = nodeOf(parseTree(text.slice(start)) as JsonNode, start);
      expect(plain(jsonDocument(text, data).root)).toEqual(expected);
    }),
    { numRuns: documentCount },
  );
});

/** A node of jsonc-parser as this project writes it. */
function nodeOf(node: JsonNode, shift: number): unknown {
  const [start, end] = [node.offset + shift, node.offset + node.length + shift];
  const { children = [], type, value } = node;
  if (type !== 'object' && type !== 'array')
    return { kind: 'leaf', style: type === 'string' ? 'double' : 'plain', value, start, end };
  const members = children.map((child, index) => {
    const [name, inner] = type === 'object' ? (child.children as [JsonNode, JsonNode]) : [undefined, child];
    return {
      key: String(name === undefined ? index : name.value),
      name: name && nodeOf(name, shift),
      node: nodeOf(inner, shift),
      start: child.offset + shift,
      end: child.offset + child.length + shift,
      valueStart: (child.colonOffset === undefined ? child.offset : child.colonOffset + 1) + shift,
    };
  });
  return { kind: type === 'object' ? 'map' : 'list', isFlow: true, start, end, members };
}

/** All members of a node, which are otherwise read when they are asked for. */
function plain(node: Node): unknown {
  const { start, end } = node;
  if (node.kind === 'leaf') return { kind: node.kind, style: node.style, value: node.value, start, end };
  const members = node.members.map((member) => {
    return { ...member, name: member.name && plain(member.name), node: plain(member.node) };
  });
  return { kind: node.kind, isFlow: node.isFlow, start, end, members };
}
