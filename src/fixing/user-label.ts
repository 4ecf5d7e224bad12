import type { Path } from '../json.js';

/** The members of a path item that are not operations. */
const noOperations = ['parameters', 'servers', 'summary', 'description'];

/**
 * The name in messages of a place that uses a shared part: `GET /orders`, `the 304 response of GET /orders`, `/orders`. A place
 * outside `paths` is named by its path.
 *
 * @param path in its document
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
