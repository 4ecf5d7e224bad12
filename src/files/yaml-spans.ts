// Where the nodes of Spectral's YAML parser are written.
import { Kind, type YamlMap, type YAMLNode, type YAMLSequence } from '@stoplight/yaml-ast-parser';

/** Where a value begins, as Spectral counts: an object or array that is a member begins after the colon. */
export function startOf(node: YAMLNode): number {
  const parent = node.parent as YAMLNode | null;
  if (parent?.kind !== Kind.MAPPING) return node.startPosition;
  if ((parent.value as YAMLNode | null) === null) return parent.endPosition;
  // In brackets, an absent value has no offset.
  if (node.startPosition < 0) return parent.key.endPosition + 1;
  return node.kind === Kind.SCALAR ? node.startPosition : parent.key.endPosition + 1;
}

/** Where the innermost last value of a node ends. */
export function endOf(node: YAMLNode): number {
  let here = node;
  for (;;) {
    const last = lastIn(here);
    if (last === undefined) break;
    here = last;
  }
  const parent = here.parent as YAMLNode | null;
  const isNameAlone = here.kind === Kind.SCALAR && parent?.kind === Kind.MAPPING && (parent.value as unknown) === null;
  if (isNameAlone) return (parent as YAMLNode).endPosition;
  return here.endPosition < 0 && parent?.kind === Kind.MAPPING ? parent.key.endPosition + 1 : here.endPosition;
}

/** Whether an offset is within a node. */
export function isAround({ startPosition, endPosition }: YAMLNode, offset: number): boolean {
  return startPosition <= offset && offset <= endPosition;
}

/** The name or scalar that an editor underlines for a node. */
export function markedIn(node: YAMLNode): YAMLNode {
  const parent = node.parent as YAMLNode | null;
  if (parent?.kind === Kind.MAPPING && node.kind !== Kind.SCALAR) return parent.key;
  if (node.kind === Kind.MAP) return (node as YamlMap).mappings[0]?.key ?? node;
  const first = node.kind === Kind.SEQ ? ((node as YAMLSequence).items[0] as YAMLNode | null | undefined) : undefined;
  return first ? markedIn(first) : node;
}

/** The last child of a node. */
function lastIn(node: YAMLNode): YAMLNode | undefined {
  if (node.kind === Kind.SEQ) return (node as YAMLSequence).items.at(-1) ?? undefined;
  if (node.kind === Kind.MAP) return (node as YamlMap).mappings.at(-1);
  return node.kind === Kind.MAPPING ? ((node.value as YAMLNode | null) ?? undefined) : undefined;
}
