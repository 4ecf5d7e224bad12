import { memberOf, type Path } from '../json.js';
import type { PatchOperation } from '../patch.js';
import type { Rule } from '../rule.js';

/** The rules that ask for the changes at some paths, by their ids. */
export type Cause = (paths: readonly Path[]) => Rule[];

/**
 * Finds the rules that ask for changes.
 *
 * @param causes which rule has changed which paths
 * @param patch all changes. If it makes equal parts a `$ref` to one new component, the rules that ask for the parts ask for the component
 */
export function causesOf(
  causes: readonly { readonly rule: Rule; readonly places: readonly Path[] }[],
  patch: readonly PatchOperation[],
): Cause {
  const at = new Map<string, Set<Rule>>();
  const within = new Map<string, Set<Rule>>();
  const noteIn = (rules: Map<string, Set<Rule>>, key: string, rule: Rule) => {
    const known = rules.get(key) ?? new Set();
    rules.set(key, known.add(rule));
  };
  const note = (rule: Rule, path: Path) => {
    noteIn(at, path.join('\n'), rule);
    for (let length = 0; length <= path.length; length++) noteIn(within, path.slice(0, length).join('\n'), rule);
  };
  const rulesOf: Cause = (paths) => {
    const found = new Set<Rule>();
    for (const path of paths) {
      for (const rule of within.get(path.join('\n')) ?? []) found.add(rule);
      for (let length = 0; length < path.length; length++) {
        for (const rule of at.get(path.slice(0, length).join('\n')) ?? []) found.add(rule);
      }
    }
    return [...found].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  };
  for (const { rule, places } of causes) for (const path of places) note(rule, path);
  for (const change of patch) {
    const reference = change.op === 'replace' ? memberOf(change.value, '$ref') : undefined;
    if (typeof reference !== 'string' || !reference.startsWith('#/')) continue;
    for (const rule of rulesOf([change.path])) note(rule, reference.slice(2).split('/'));
  }
  return rulesOf;
}
