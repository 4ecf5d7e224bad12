import { isObject, scalarText } from '../json.js';
import { Field } from '../model/field.js';
import type { Operation } from '../model/operation.js';
import type { Untried } from '../observe/observations.js';
import { withoutEndSlashes } from '../observe/servers.js';

/** A request that an operation takes. */
export interface Target {
  readonly operation: Operation;
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  /** The fields that it needs, and the media type that it asks for. */
  readonly fields: Readonly<Record<string, string>>;
  /** Another media type of the answer; `undefined` if there is none. */
  readonly otherType: string | undefined;
}

/** What the user gives: where the server is, and values. */
export interface GivenValues {
  readonly server: URL;
  /** The values of parameters, by name. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The names of the fields that each request has, in lower case. */
  readonly fieldNames: ReadonlySet<string>;
}

/** The operations to ask: each GET, and each HEAD on a path without GET. Whoever asks about a GET sends HEAD, too. */
export function askable(operations: readonly Operation[]): Operation[] {
  return operations.filter(
    ({ method, onSamePath }) =>
      method === 'GET' || (method === 'HEAD' && !onSamePath.some((one) => one.method === 'GET')),
  );
}

/** The request for an operation; or why there is none, and what would make one possible. */
export function targetOf(operation: Operation, given: GivenValues): Target | Untried {
  const parameters = parametersOf(operation, given);
  const template = operation.template.replace(/[?#].*$/s, '');
  const valueOf = (name: string) =>
    parameters.find((one) => one.in === 'path' && one.name === name)?.texts.join(',') ?? given.parameters.get(name);
  for (const name of namesIn(template)) {
    // A segment of dots would lead to another path.
    if (/^\.{0,2}$/.test(valueOf(name) ?? '')) return lacking(`path parameter ${name}`, `--param ${name}=VALUE`);
  }
  const required = parameters.filter(({ isRequired }) => isRequired);
  for (const { in: where, name, texts } of required) {
    if (where === 'query' && texts.length === 0) return lacking(`query parameter ${name}`, `--param ${name}=VALUE`);
    if (where === 'header' && texts.length === 0 && !isSent(name, given))
      return lacking(`header ${name}`, `--header '${name}: VALUE'`);
    if (where === 'cookie' && !isSent('cookie', given))
      return lacking(`cookie ${name}`, `--header 'Cookie: ${name}=VALUE'`);
  }
  const path = template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => encodeURIComponent(valueOf(name) ?? ''));
  const query = parameters
    .filter(({ in: where }) => where === 'query')
    .flatMap(({ name, texts }) => {
      return texts.map((text) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
    });
  const base = withoutEndSlashes(given.server.origin + given.server.pathname);
  const url = new URL(
    `${base}${path.startsWith('/') ? '' : '/'}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
  );
  const [type = '*/*', otherType] = operation.successes.flatMap((response) => response.mediaTypes(operation));
  const headers = required.filter(({ in: where, name }) => where === 'header' && !isSent(name, given));
  const fields = Object.fromEntries(headers.map(({ name, texts }) => [name, texts.join(',')]));
  const accept = isSent('accept', given) ? {} : { Accept: type };
  const method = operation.method === 'HEAD' ? 'HEAD' : 'GET';
  return {
    operation,
    method,
    url,
    fields: { ...fields, ...accept },
    otherType: isSent('accept', given) ? undefined : otherType,
  };
}

/** The names of the expressions in a path template, such as `id` in `/orders/{id}`. */
export function namesIn(template: string): string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

function lacking(what: string, option: string): Untried {
  return {
    reason: `there is no value for its ${what}`,
    remedy: `Pass ${option}, or add an example to the description.`,
  };
}

function isSent(name: string, { fieldNames }: GivenValues): boolean {
  return fieldNames.has(name.toLowerCase());
}

/** A parameter, and its value as texts: several for a list in a query. */
interface ParameterValue {
  readonly in: string;
  readonly name: string;
  readonly isRequired: boolean;
  readonly texts: readonly string[];
}

/** The parameters that a request needs or that the user gives a value for, without conditions, which are asked one by one. */
function parametersOf(operation: Operation, given: GivenValues): ParameterValue[] {
  const seen = new Set<string>();
  return operation.parameters.flatMap((entry): ParameterValue[] => {
    const { value } = entry.target;
    if (!isObject(value)) return [];
    const [where, name] = [scalarText(value['in']), scalarText(value['name'])];
    const key = `${where} ${name}`;
    if (seen.has(key) || /^if-/i.test(name)) return [];
    seen.add(key);
    const own = given.parameters.get(name);
    const isRequired = value['required'] === true || where === 'path';
    if (own !== undefined) return [{ in: where, name, isRequired, texts: [own] }];
    return isRequired
      ? [
          {
            in: where,
            name,
            isRequired,
            texts: textsFor(new Field(name, 'parameter', entry, operation.version), value),
          },
        ]
      : [];
  });
}

/** The members in which a definition gives a value, the best first: what is meant to be shown comes before what is merely possible. */
const valueMembers = ['example', 'x-example', 'examples', 'default', 'const', 'enum'];

/** The value that a description gives for a parameter, as texts; none if it gives none that can be written simply. */
function textsFor(field: Field, definition: Readonly<Record<string, unknown>>): string[] {
  const rank = ({ path }: { path: readonly string[] }) =>
    valueMembers.indexOf(path.findLast((key) => valueMembers.includes(key)) ?? '');
  const [best] = field.wholeValues.toSorted((one, other) => rank(one) - rank(other));
  const values: unknown[] = [best?.value].flat();
  const texts = values.map((value) => (typeof value === 'boolean' ? String(value) : scalarText(value)));
  if (texts.length === 0 || texts.some((text) => text === '')) return [];
  const isRepeated =
    definition['in'] === 'query' && definition['explode'] !== false && definition['collectionFormat'] === undefined;
  return isRepeated || definition['collectionFormat'] === 'multi' ? texts : [texts.join(',')];
}
