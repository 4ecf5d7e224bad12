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
  const { located } = lint(workspace.read(file), workspace, selection.rulesFor(file));
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

/**
 * What hosts say, of each finding the rule, the severity, the place and the line; in an order of its own.
 *
 * @param isLocated whether the host knows the line of a finding
 */
export function comparable(findings: readonly Seen[], isLocated: (finding: Seen) => boolean = () => true): string[] {
  return findings
    .map((finding) => {
      const { code, severity, source, at, line, message } = finding;
      // Spectral fills in what stands between double braces.
      const text = message.replaceAll('{{', '{ {');
      return [severity, code, source, at, isLocated(finding) ? line : 'somewhere', text].join(' ');
    })
    .toSorted();
}
