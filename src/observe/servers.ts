import { isObject, scalarText } from '../json.js';
import type { Operation } from '../model/operation.js';
import { memberOfPathItem } from '../model/path-item.js';
import type { Place } from '../model/place.js';
import { literally, PathTable } from './path-table.js';

/** A server that a description names, as a pattern of the URLs of its requests. */
interface ServerAddress {
  readonly key: string;
  /** Matches the origin and base path of a request. */
  readonly pattern: RegExp;
  /** Whether its origin is known. That of a relative address is not, since the description may be served from anywhere. */
  readonly hasOrigin: boolean;
}

/** An operation that a request was sent to; or why there is none. */
export type Match =
  | { readonly operation: Operation }
  | { readonly operation: undefined; readonly why: 'another server' | 'no such path' | 'no such method' };

/** Finds the operation of a description that a request was sent to. */
export class OperationFinder {
  readonly #tables = new Map<string, { readonly server: ServerAddress; readonly table: PathTable }>();

  /**
   * @param server the address of the server, instead of those that the description names
   */
  constructor(operations: readonly Operation[], server?: URL) {
    const own = server && [fixedAddress(server)];
    for (const operation of operations) {
      for (const address of own ?? serversOf(operation)) {
        const known = this.#tables.get(address.key) ?? { server: address, table: new PathTable() };
        this.#tables.set(address.key, known);
        known.table.add(operation);
      }
    }
  }

  /** Whether requests to any host are taken, since the description says where none of its operations is served. */
  get takesAnyHost(): boolean {
    return [...this.#tables.values()].some(({ server }) => !server.hasOrigin);
  }

  /**
   * The operation that a request was sent to. A HEAD that is not described belongs to the GET on its path (RFC 9110 §9.3.2). Of several
   * servers, the one with the longest base path counts.
   */
  find(method: string, url: URL): Match {
    const address = url.origin + url.pathname;
    const found = [...this.#tables.values()]
      .flatMap(({ server: { pattern }, table }) => {
        const [base] = pattern.exec(address) ?? [];
        return base === undefined ? [] : [{ base, operations: table.find(address.slice(base.length)) }];
      })
      .toSorted((one, other) => other.base.length - one.base.length);
    if (found.length === 0) return { operation: undefined, why: 'another server' };
    const onPath = found.find(({ operations }) => operations !== undefined)?.operations;
    if (onPath === undefined) return { operation: undefined, why: 'no such path' };
    const operation = onPath.get(method) ?? (method === 'HEAD' ? onPath.get('GET') : undefined);
    return operation === undefined ? { operation, why: 'no such method' } : { operation };
  }
}

/** The base of paths, without the slashes at its end, since each path begins with one. */
export function withoutEndSlashes(base: string): string {
  return base.replace(/(?<!\/)\/+$/, '');
}

/** The address that a user names. */
function fixedAddress({ origin, pathname }: URL): ServerAddress {
  const base = withoutEndSlashes(origin + pathname);
  return { key: base, pattern: addressPattern(literally(base)), hasOrigin: true };
}

/** The servers of an operation: its own, those of its path item, or those of the description. */
function serversOf(operation: Operation): ServerAddress[] {
  const root = rootOf(operation.place);
  if (operation.version.format === 'swagger') return serversOfSwagger(root);
  const pathItem = operation.place.parent;
  const lists = [
    operation.place.child('servers'),
    ...(pathItem === undefined ? [] : [memberOfPathItem(pathItem, 'servers')]),
    root.child('servers'),
  ];
  const servers = lists.map((list) => list.items()).find((items) => items.length > 0) ?? [];
  const addresses = servers.map((server) => addressOf(server)).filter((address) => address !== undefined);
  return addresses.length > 0 ? addresses : [relativeAddress('')];
}

function rootOf(place: Place): Place {
  let root = place;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

/** The servers of a description of version 2.0: its schemes, its host and its base path. */
function serversOfSwagger(root: Place): ServerAddress[] {
  const host = scalarText(root.child('host').value);
  const basePath = withoutEndSlashes(scalarText(root.child('basePath').value));
  if (host === '') return [relativeAddress(literally(basePath))];
  const listed = root
    .child('schemes')
    .items()
    .map(({ value }) => scalarText(value));
  const schemes = listed.filter((scheme) => ['http', 'https'].includes(scheme));
  // Without schemes, the description is served by the same one as the API, which is not known.
  return (schemes.length > 0 ? schemes : ['http', 'https']).flatMap((scheme) => {
    const address = `${scheme}://${host}${basePath}`;
    return URL.canParse(address) ? [fixedAddress(new URL(address))] : [];
  });
}

function relativeAddress(path: string): ServerAddress {
  return { key: `*${path}`, pattern: addressPattern(`[a-z][a-z\\d+.-]*://[^/]*${path}`), hasOrigin: false };
}

/** The address of a Server Object. A variable stands for its values, or for any text if it does not list them. */
function addressOf(server: Place): ServerAddress | undefined {
  const url = scalarText(server.child('url').value);
  if (url === '') return undefined;
  const parts = withoutEndSlashes(url.replace(/[?#].*$/s, '')).split(/(\{[^{}]*\})/);
  if (parts.length === 1) {
    const [text = ''] = parts;
    if (URL.canParse(text)) return fixedAddress(new URL(text));
  }
  const sources = parts.map((part, index) => (index % 2 === 0 ? literally(part) : valuesOf(server, part.slice(1, -1))));
  if (sources.filter((one) => one === anyValue).length > mostAnyValues) return undefined;
  const source = sources.join('');
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(url) || url.startsWith('{'))
    return { key: url, pattern: addressPattern(source), hasOrigin: true };
  return relativeAddress(`/${source.replace(/^(?:\\\.)?\/*/, '')}`.replace(/\/$/, ''));
}

/** Any value of a variable. Its length has a limit, as does the number of such variables, so that matching is fast. */
const anyValue = '[^?#]{0,80}?';
const mostAnyValues = 4;

function valuesOf(server: Place, name: string): string {
  const variable = server.child('variables').child(name).target.value;
  const values = isObject(variable) && Array.isArray(variable['enum']) ? variable['enum'].map(scalarText) : [];
  return values.length > 0 ? `(?:${values.map(literally).join('|')})` : anyValue;
}

/** A base address ends where a segment of the path ends. */
function addressPattern(source: string): RegExp {
  return new RegExp(`^${source}(?=/|$)`);
}
