import type { Operation } from '../model/operation.js';

/** A segment of paths, and what may follow it. */
interface PathNode {
  readonly literals: Map<string, PathNode>;
  /** Segments with text around an expression: `{name}.json`. */
  readonly mixed: { readonly template: string; readonly literals: readonly string[]; readonly next: PathNode }[];
  /** What follows a segment that is an expression only. */
  expression: PathNode | undefined;
  /** The operations of the path that ends here, by method. */
  operations: Map<string, Operation> | undefined;
}

/** The path templates of operations. */
export class PathTable {
  readonly #root = newNode();

  /** Adds an operation under its template. Where two templates have the same shape, the first one counts. */
  add(operation: Operation): void {
    let node = this.#root;
    for (const segment of segmentsOf(operation.template.replace(/[?#].*$/s, ''))) node = next(node, segment);
    node.operations ??= new Map();
    if (!node.operations.has(operation.method)) node.operations.set(operation.method, operation);
  }

  /**
   * The operations on the path that a request was sent to: a concrete path comes before a template (OpenAPI Specification, Path
   * Templating), segment by segment.
   *
   * @param path the path of the request below the server's base path, percent-encoded
   * @returns by method; `undefined` if no template matches
   */
  find(path: string): ReadonlyMap<string, Operation> | undefined {
    return find(this.#root, segmentsOf(path), 0);
  }
}

function newNode(): PathNode {
  return { literals: new Map(), mixed: [], expression: undefined, operations: undefined };
}

/** The segments of a path, without percent-encoding. */
function segmentsOf(path: string): string[] {
  return path.replace(/^\//, '').split('/').map(decoded);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function next(node: PathNode, segment: string): PathNode {
  if (/^\{[^{}]*\}$/.test(segment)) return (node.expression ??= newNode());
  if (segment.includes('{')) {
    const template = segment.replaceAll(/\{[^{}]*\}/g, '{}');
    const known = node.mixed.find((one) => one.template === template);
    if (known !== undefined) return known.next;
    const added = { template, literals: template.split('{}'), next: newNode() };
    node.mixed.push(added);
    return added.next;
  }
  const known = node.literals.get(segment) ?? newNode();
  node.literals.set(segment, known);
  return known;
}

function find(node: PathNode, segments: readonly string[], index: number): ReadonlyMap<string, Operation> | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.operations;
  const literal = node.literals.get(segment);
  const mixed = node.mixed.filter(({ literals }) => fits(literals, segment)).map((one) => one.next);
  // An expression stands for at least one character.
  const candidates = [literal, ...mixed, segment === '' ? undefined : node.expression];
  for (const candidate of candidates) {
    const found = candidate && find(candidate, segments, index + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Whether a text consists of some literals with at least one character between each two. The first place for each literal is as good
 * as any later one, so that the time is linear, unlike that of a regular expression.
 */
function fits([first = '', ...others]: readonly string[], text: string): boolean {
  const last = others.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let end = first.length;
  for (const literal of others) {
    const found = text.indexOf(literal, end + 1);
    if (found < 0) return false;
    end = found + literal.length;
  }
  return end < text.length - last.length;
}

/** A pattern that matches a text and nothing else. */
export function literally(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
