import { check } from '../../src/check.js';
import { Workspace } from '../../src/files/workspace.js';
import { Description } from '../../src/model/description.js';
import type { Rule } from '../../src/rule.js';

/** What a rule reports about an operation: the places and messages of its findings. */
type Findings = ReadonlyMap<string, ReadonlySet<string>>;

/** What rules find in a text, by rule and operation. */
function findingsIn(file: string, text: string, rules: readonly Rule[]): Findings {
  const workspace = new Workspace((name) => (name === file ? text : undefined));
  const description = new Description(workspace.read(file), workspace);
  const found = new Map<string, Set<string>>();
  for (const rule of rules) {
    for (const { place, message, violations } of check(rule, description)) {
      for (const { operation } of violations) {
        const key = `${rule.id} on ${operation.method} ${operation.template}`;
        const here = found.get(key) ?? new Set<string>();
        found.set(key, here.add(`/${place.path.join('/')} ${message}`));
      }
    }
  }
  return found;
}

/**
 * The findings that a change has brought, by rule and operation: where a rule reports more that was not there before than has gone.
 * What it reported before about a shared part is not new where another operation now shares that.
 */
export function newFindings(file: string, before: string, after: string, rules: readonly Rule[]): string[] {
  const [earlier, later] = [findingsIn(file, before, rules), findingsIn(file, after, rules)];
  const all = (found: Findings) => new Set([...found.values()].flatMap((messages) => [...messages]));
  const [known, left] = [all(earlier), all(later)];
  return [...later].flatMap(([key, messages]) => {
    const appeared = [...messages].filter((message) => !known.has(message));
    const gone = [...(earlier.get(key) ?? [])].filter((message) => !left.has(message));
    return appeared.length > gone.length ? appeared.map((message) => `${key}: ${message}`) : [];
  });
}
