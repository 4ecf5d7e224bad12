import { severities } from '../src/guidelines.js';
import type { RulesetName } from '../src/rulesets.js';
import { lint, remarkOf, resultOf } from '../src/workspace/lint.js';
import { shippedSelection } from '../src/workspace/selection.js';
import { Workspace } from '../src/workspace/workspace.js';
import type { Seen } from './spectral.js';

/** What `lint` says of a file, in the order of the rules. */
export function linted(file: string, name: RulesetName): Seen[] {
  const selection = shippedSelection(name);
  const workspace = new Workspace();
  const located = lint(workspace.read(file), workspace, selection.rulesFor(file));
  return located.flatMap((one) => {
    const result = resultOf(remarkOf(one), file, selection);
    if (result === undefined) return [];
    const { code, severity, source, path, message, range } = result;
    const at = path.map((segment) => `/${segment}`).join('');
    const line = range.start.line + 1;
    return [{ code, severity: severities[severity] ?? '', source, at, line, range, message }];
  });
}

/** What Spectral says of our rules, and of nothing else. */
export function ofOurRules(findings: readonly Seen[]): Seen[] {
  return findings.filter(({ code }) => code.includes('-') && code !== 'invalid-ref' && code !== 'unrecognized-format');
}

/** Findings in an order of their own, with what hosts write differently made alike. */
export function comparable(findings: readonly Seen[]): string[] {
  return findings
    .map(({ message, range: { start, end }, ...rest }) => {
      const where = [start.line, start.character, end.line, end.character].join(':');
      // Spectral fills in what stands between double braces.
      return JSON.stringify({ ...rest, where, message: message.replaceAll('{{', '{ {') });
    })
    .toSorted();
}
