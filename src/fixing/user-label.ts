import type { Path } from '../json.js';

/** The members of a path item that are no operations, beside those of operations that other names are for. */
const noOperations = ['parameters', 'servers', 'summary', 'description'];

/**
 * What a message calls a place that uses something: `GET /orders`, `the 304 response of GET /orders`, `/orders`. What is in no
 * path is called by its names.
 *
 * @param path in the document that it stands in
 */
export function userLabel(path: Path): string {
  const [holder, template = '', method, ...inner] = path;
  if (holder !== 'paths' || path.length < 2) return path.join('/');
  if (method === undefined || noOperations.includes(method)) return template;
  const [name, ...parts] = method === 'additionalOperations' ? inner : [method.toUpperCase(), ...inner];
  const operation = `${name} ${template}`;
  const [part, key] = parts;
  if (part === 'responses' && key !== undefined) return `the ${key} response of ${operation}`;
  return part === 'callbacks' ? `a callback of ${operation}` : operation;
}
