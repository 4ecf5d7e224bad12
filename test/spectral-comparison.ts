import { dirname, resolve } from 'node:path';
import { Workspace } from '../src/files/workspace.js';
import { severities } from '../src/guidelines/citation.js';
import { isObject, type Path, valueAt } from '../src/json.js';
import { lint, resultOf, serialised } from '../src/lint.js';
import type { RulesetName } from '../src/rulesets.js';
import { shippedSelection } from '../src/user-ruleset/selection.js';
import type { SpectralFinding } from './spectral.js';

/**
 * What `lint` says of a file, in the order of the rules; but where it points at a `$ref`, which Spectral cannot, at what holds that.
 */
export function lintedInProcess(file: string, name: RulesetName): SpectralFinding[] {
  const selection = shippedSelection(name);
  const workspace = new Workspace();
  const { located } = lint(workspace.read(file), workspace, selection.rulesFor(file));
  return located.flatMap((one) => {
    const finding = serialised(one);
    const result = resultOf(finding, file, selection);
    if (result === undefined) return [];
    const { code, severity, source, message } = result;
    const holder = pathOfHolder(one.finding.place.source.data, result.path);
    const [range = result.range] = workspace.read(source).rangesOf([holder]);
    const at = holder.map((segment) => `/${segment}`).join('');
    return [{ code, severity: severities[severity] ?? '', source, at, line: range.start.line + 1, range, message }];
  });
}

/**
 * The `invalid-ref`s that `lint` reports of a file and Spectral does not, as messages in alphabetical order. The reverse is no
 * difference to look for: Spectral follows every `$ref`, `lint` those that the rules have to follow.
 */
export function invalidReferencesOfLintAlone(file: string, bySpectral: readonly SpectralFinding[]): string[] {
  const workspace = new Workspace();
  const { problems } = lint(workspace.read(file), workspace, shippedSelection('all').rulesFor(file));
  const theirs = bySpectral.filter(({ code }) => code === 'invalid-ref');
  return problems
    .filter(({ code, file: source, path, range }) => {
      if (code !== 'invalid-ref') return false;
      const at = path.map((segment) => `/${segment}`).join('');
      const line = range.start.line + 1;
      if (theirs.some((one) => one.source === source && one.at === at && one.line === line)) return false;
      // Of all `$ref`s in a file that name the same missing file, Spectral reports the first.
      const [document = ''] = String(valueAt(workspace.read(source).data, path)).split('#');
      const missing = `no such file or directory, open '${resolve(dirname(source), document)}'`;
      return document === '' || !theirs.some((one) => one.source === source && one.message.includes(missing));
    })
    .map(({ message }) => message)
    .toSorted();
}

/** The path of the nearest place at which no `$ref` stands. */
export function pathOfHolder(data: unknown, path: Path): Path {
  const value = valueAt(data, path);
  const isReference = isObject(value) && typeof value['$ref'] === 'string' && path.length > 0;
  return isReference ? pathOfHolder(data, path.slice(0, -1)) : path;
}

/** What Spectral says of our rules, and of nothing else: for its `invalid-ref`s, see {@link invalidReferencesOfLintAlone}. */
export function ofOurRules(findings: readonly SpectralFinding[]): SpectralFinding[] {
  return findings.filter(({ code }) => code.includes('-') && code !== 'invalid-ref' && code !== 'unrecognized-format');
}

/**
 * What hosts say, of each finding the rule, the severity, the place and the line; in an order of its own.
 *
 * @param isLocated whether the host knows the line of a finding
 */
export function comparableLines(
  findings: readonly SpectralFinding[],
  isLocated: (finding: SpectralFinding) => boolean = () => true,
): string[] {
  return findings
    .map((finding) => {
      const { code, severity, source, at, line, message } = finding;
      // Spectral fills in what stands between double braces.
      const text = message.replaceAll('{{', '{ {');
      return [severity, code, source, at, isLocated(finding) ? line : 'somewhere', text].join(' ');
    })
    .toSorted();
}
