import { lint, shippedRuleset } from '../spectral.js';

/**
 * Lints a description with every rule on, and returns the findings of some rules.
 *
 * @param prefix the beginning of the ids of these rules
 * @param body the description without its version, as YAML
 * @returns each finding as the id without the prefix, and its path
 */
export async function findingsWithPrefix(
  prefix: string,
  body: string,
  version = "openapi: '3.1.2'",
): Promise<string[]> {
  const text = `${version}\ninfo: {title: Orders, version: '1'}\n${body}`;
  const findings = await lint(text, await shippedRuleset('all'));
  return findings
    .filter(({ code }) => code.startsWith(prefix) || code === 'parser')
    .map(({ code, at }) => `${code.replace(prefix, '')} ${at}`);
}

/** A path item with operations. The parameters of each are the names of headers, or YAML. A name that ends with `!` is required. */
export function pathItem(
  operations: Readonly<Record<string, readonly [parameters: string, responses: string]>>,
): string {
  const items = Object.entries(operations).map(([method, [parameters, responses]]) => {
    const list = parameters.startsWith('[')
      ? parameters
      : `[${parameters.split(' ').filter(Boolean).map(header).join(', ')}]`;
    return `${method}: {parameters: ${list}, responses: ${responses}}`;
  });
  return `paths: {/a: {${items.join(', ')}}}`;
}

function header(name: string): string {
  return name.endsWith('!')
    ? `{name: ${name.slice(0, -1)}, in: header, required: true, schema: {type: string}}`
    : `{name: ${name}, in: header, schema: {type: string}}`;
}

/** A response that declares headers, by name. */
export function response(...headers: string[]): string {
  return `{description: d, headers: {${headers.map((name) => `${name}: {schema: {type: string}}`).join(', ')}}}`;
}
