// Edits need the tree of jsonc-parser, which has the place of every value. `files/json-positions.ts` needs only the places of
// findings, in texts that may be large: it finds them by a scan of its own, in a quarter of the time.
import { type Node as JsonNode, parseTree } from 'jsonc-parser';
import { byteOrderMark } from '../json.js';
import type { Branch, Leaf, Member, Node, ParsedDocument } from './parsed-document.js';

/**
 * Parses a JSON text into values and their places.
 *
 * @param text that {@link parseJson} can read
 * @param data the result of that
 * @throws RangeError if it is nested too deeply
 */
export function jsonDocument(text: string, data: unknown): ParsedDocument {
  const start = text.startsWith(byteOrderMark) ? 1 : 0;
  const tree = parseTree(text.slice(start), [], { disallowComments: true }) as JsonNode;
  return {
    text,
    isJson: true,
    data,
    root: nodeOf(tree, start),
    comments: [],
    placesOf: (path) => [path],
    placesOfMember: (path) => [path],
    isUsedBeyond: () => false,
  };
}

function nodeOf(node: JsonNode, shift: number): Node {
  const start = node.offset + shift;
  const end = start + node.length;
  const kind = node.type === 'object' ? 'map' : node.type === 'array' ? 'list' : 'leaf';
  if (kind === 'leaf') return leafOf(node, shift);
  const members = () =>
    (node.children ?? []).map((child, index) =>
      kind === 'map' ? propertyOf(child, shift) : itemOf(child, index, shift),
    );
  return lazily({ kind, isFlow: true, start, end }, members);
}

/** A branch whose members are read when they are first used. */
export function lazily(branch: Omit<Branch, 'members'>, read: () => Member[]): Branch {
  let members: Member[] | undefined;
  return {
    ...branch,
    get members() {
      return (members ??= read());
    },
  };
}

function leafOf(node: JsonNode, shift: number): Leaf {
  const style = node.type === 'string' ? 'double' : 'plain';
  return { kind: 'leaf', style, value: node.value, start: node.offset + shift, end: node.offset + node.length + shift };
}

function propertyOf(property: JsonNode, shift: number): Member {
  const [name, value] = property.children as [JsonNode, JsonNode];
  const node = nodeOf(value, shift);
  return {
    key: String(name.value),
    name: leafOf(name, shift),
    node,
    start: name.offset + shift,
    end: node.end,
    valueStart: (property.colonOffset ?? name.offset) + 1 + shift,
  };
}

function itemOf(item: JsonNode, index: number, shift: number): Member {
  const node = nodeOf(item, shift);
  return { key: String(index), node, start: node.start, end: node.end, valueStart: node.start };
}
