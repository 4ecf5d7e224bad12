import { Description } from '../contract/description.js';
import { isOpenApi, isSwagger } from '../contract/dialect.js';
import type { Path, Reader } from '../contract/place.js';
import { severities } from '../guidelines.js';
import { ruleCalled } from '../catalogue.js';
import { check, type Finding, type Rule } from '../rule.js';
import type { Range, Result, SeverityNumber } from './result.js';
import type { Selection } from './selection.js';
import type { TextFile } from './text-file.js';

/** A finding, and where in the text of its file it is. */
export interface Located {
  readonly finding: Finding;
  readonly range: Range;
}

/** What is in {@link Located}, without the description: plain data, which can go from one thread to another. */
export interface Remark {
  readonly rule: string;
  readonly message: string;
  /** The absolute path of the file that it is about, or the address. */
  readonly file: string;
  readonly path: Path;
  readonly range: Range;
}

/** Whether a file says that it is an OpenAPI description. */
export function isDescription({ data }: TextFile): boolean {
  return isSwagger(data) || isOpenApi(data);
}

/**
 * What some rules find in a description. Files that `$ref`s lead to are read as they are come to; positions are only looked
 * up for what is found.
 *
 * @param files opens text files: a workspace, or what stands before one
 */
export function lint(entry: TextFile, files: Reader, rules: readonly Rule[]): Located[] {
  const description = new Description(entry, files);
  const byFile = new Map<TextFile, Finding[]>();
  for (const finding of rules.flatMap((rule) => check(rule, description))) {
    const file = finding.place.source as TextFile;
    const here = byFile.get(file) ?? [];
    byFile.set(file, here);
    here.push(finding);
  }
  return [...byFile].flatMap(([file, findings]) => {
    const ranges = file.rangesOf(findings.map(({ place }) => place.path));
    return findings.map((finding, index) => ({ finding, range: ranges[index] as Range }));
  });
}

/** A located finding as plain data. */
export function remarkOf({ finding: { rule, message, place }, range }: Located): Remark {
  return { rule: rule.id, message, file: place.source.uri ?? '', path: place.path, range };
}

/**
 * What the user is told of a remark.
 *
 * @param entry the absolute path of the description that it was found in
 * @returns `undefined` where the rule is off at that place
 */
export function resultOf(remark: Remark, entry: string, selection: Selection): Result | undefined {
  const { message, file, path, range } = remark;
  const rule = ruleCalled(remark.rule);
  const severity = rule && selection.severityOf(rule, entry, file, path);
  if (severity === undefined) return undefined;
  const documentationUrl = rule?.cites[0].section.url ?? '';
  const number = severities.indexOf(severity) as SeverityNumber;
  return { code: remark.rule, path, message, severity: number, range, source: file, documentationUrl };
}
