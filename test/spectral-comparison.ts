import { dirname, resolve } from 'node:path';
import { Workspace } from '../src/files/workspace.js';
import { severities } from '../src/guidelines/citation.js';
import { isObject, type Path, valueAt } from '../src/json.js';
import { lint, resultOf, serialised } from '../src/lint.js';
import type { RulesetName } from '../src/rulesets.js';
import { shippedSelection } from '../src/user-ruleset/selection.js';
import type { SpectralFinding } from './spectral.js';

/**
 * The findings of `lint` in a file, in the order of the rules, in the form of Spectral's. A finding that points at a `$ref` is moved to
 * the object that contains the `$ref`, since Spectral cannot point at a `$ref`.
 */
export function lintedInProcess(file: string, name: RulesetName): SpectralFinding[] {
  const selection = shippedSelection(name);
  const workspace = new Workspace();
  const { located } = lint(workspace.read(file), workspace, selection.rulesFor(file), selection.followedFor(file));
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
 * The messages of `invalid-ref` that `lint` reports for a file and Spectral does not, in alphabetical order. The reverse is not compared:
 * Spectral follows every `$ref`, but `lint` only those that the rules need.
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
      // If several `$ref`s in a file name the same missing file, Spectral reports only the first.
      const [document = ''] = String(valueAt(workspace.read(source).data, path)).split('#');
      const missing = `no such file or directory, open '${resolve(dirname(source), document)}'`;
      return document === '' || !theirs.some((one) => one.source === source && one.message.includes(missing));
    })
    .map(({ message }) => message)
    .toSorted();
}

/** The path itself, or that of the nearest object around it that is not a `$ref`. */
export function pathOfHolder(data: unknown, path: Path): Path {
  const value = valueAt(data, path);
  const isReference = isObject(value) && typeof value['$ref'] === 'string' && path.length > 0;
  return isReference ? pathOfHolder(data, path.slice(0, -1)) : path;
}

/** The findings of our rules, without Spectral's own. For its `invalid-ref`, see {@link invalidReferencesOfLintAlone}. */
export function ofOurRules(findings: readonly SpectralFinding[]): SpectralFinding[] {
  return findings.filter(({ code }) => code.includes('-') && code !== 'invalid-ref' && code !== 'unrecognized-format');
}

/**
 * Findings as sorted lines, so that those of two hosts can be compared.
 *
 * @param isLocated whether both hosts know the line of a finding; otherwise lines are not compared
 */
export function comparableLines(
  findings: readonly SpectralFinding[],
  isLocated: (finding: SpectralFinding) => boolean = () => true,
): string[] {
  return findings
    .map((finding) => {
      const { code, severity, source, at, line, message } = finding;
      // Spectral replaces text between double braces in messages.
      const text = message.replaceAll('{{', '{ {');
      return [severity, code, source, at, isLocated(finding) ? line : 'somewhere', text].join(' ');
    })
    .toSorted();
}
