import { isObject, scalarText, valueAt } from '../json.js';
import type { Operation } from '../model/operation.js';
import { segmentsOf } from '../model/uri-reference.js';
import type { Exchange } from '../observe/exchange.js';

/** Values of parameters, by name. */
type Values = ReadonlyMap<string, string>;

/** A Link Object: the operation that it leads to, and the expressions for its parameters (OpenAPI 3, Link Object). */
interface Link {
  readonly to: Operation;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The links of the success responses of an operation. OpenAPI 2.0 has none. */
function linksOf(operation: Operation, status?: string): Link[] {
  const responses = operation.successes.filter(({ code }) => status === undefined || code === status || code === '2XX');
  const links = responses.flatMap(({ place }) => place.child('links').entries());
  return links.flatMap(([, { target }]): Link[] => {
    const { operationId, operationRef, parameters } = isObject(target.value) ? target.value : {};
    const to = operation.inDescription.find((other) => isNamed(other, operationId, operationRef));
    return to === undefined || !isObject(parameters) ? [] : [{ to, parameters }];
  });
}

/** Whether a link names an operation, by its id or by a reference into the same document. */
function isNamed({ place, template, method }: Operation, id: unknown, reference: unknown): boolean {
  if (typeof id === 'string') return place.child('operationId').value === id;
  const path = typeof reference === 'string' && reference.startsWith('#') ? segmentsOf(reference.slice(1)) : undefined;
  return path?.length === 3 && path[0] === 'paths' && path[1] === template && path[2]?.toUpperCase() === method;
}

/** The operations that the links of some operations lead to. */
export function linkedFrom(operations: readonly Operation[]): ReadonlySet<Operation> {
  return new Set(operations.flatMap((operation) => linksOf(operation).map(({ to }) => to)));
}

/**
 * The values that an answer gives to the parameters of other operations.
 *
 * @param text its content
 */
export function linkedValues(operation: Operation, exchange: Exchange, text: string): ReadonlyMap<Operation, Values> {
  const values = new Map<Operation, Map<string, string>>();
  for (const { to, parameters } of linksOf(operation, String(exchange.status))) {
    for (const [name, expression] of Object.entries(parameters)) {
      const value = valueOf(expression, exchange, text);
      if (value === '') continue;
      const known = values.get(to) ?? new Map<string, string>();
      values.set(to, known.set(name.replace(/^(?:path|query|header)\./, ''), value));
    }
  }
  return values;
}

/** The value of a constant or a runtime expression about the response; the empty text for any other expression. */
function valueOf(expression: unknown, { response }: Exchange, text: string): string {
  const [, header] = /^\$response\.header\.(.+)$/.exec(scalarText(expression)) ?? [];
  if (header !== undefined) return response.get(header) ?? '';
  const [, pointer] = /^\$response\.body#(.*)$/.exec(scalarText(expression)) ?? [];
  if (pointer === undefined) return scalarText(expression).includes('$') ? '' : scalarText(expression);
  const path = segmentsOf(pointer);
  try {
    return path === undefined ? '' : scalarText(valueAt(JSON.parse(text), path));
  } catch {
    // The content is not JSON, whatever it was meant to be.
    return '';
  }
}
