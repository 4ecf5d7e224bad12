import type { Finding, Violation } from '../check.js';
import type { TextFile } from '../files/text-file.js';
import { addToGroup } from '../grouping.js';
import type { Path } from '../json.js';
import type { Place } from '../model/place.js';
import type { Source } from '../model/source.js';
import { discharge, type FixOperation } from '../obligation.js';
import type { Rule } from '../rule.js';
import { TextEditor } from '../text-editor/editor.js';
import { lineAndColumnOf, UnreadableText } from '../text-editor/parsed-document.js';
import type { OtherUser, ReferenceGraph } from './reference-graph.js';
import { userLabel } from './user-label.js';

/** The usual orders of the fields of OpenAPI objects, which show where a new field belongs. */
export const fieldOrders: readonly (readonly string[])[] = [
  'tags summary description externalDocs operationId consumes produces parameters requestBody responses callbacks',
  'description schema headers content examples links',
  'openapi info servers paths webhooks components',
  'swagger info host basePath schemes paths definitions parameters responses securityDefinitions',
  'schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems',
].map((names) => names.split(' '));

/** The editor of a file; or why its text cannot be edited. */
export function editorOf({ text, isJson, data, problems: [problem] }: TextFile): TextEditor | string {
  if (problem !== undefined) {
    return `its text has an error, so that its meaning is uncertain: line ${problem.range.start.line + 1}, ${problem.message}`;
  }
  try {
    return new TextEditor(text, fieldOrders, isJson ? { data } : undefined);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    const { line } = lineAndColumnOf(text, error.offset ?? 0);
    return `its text can be read, but not safely changed: line ${line}, ${error.message}`;
  }
}

/** The patch for a finding: that of its first violation. */
export function patchOf({ violations: [violation] }: Finding): readonly FixOperation[] {
  return violation === undefined ? [] : discharge(violation.obligation);
}

/** The violations at each place: of each rule, and of all rules. */
export type ViolationsByPlace = ReadonlyMap<string, readonly Violation[]>;

/** Groups the violations of some findings by place. */
export function violationsByPlace(findings: Iterable<Pick<Finding, 'rule' | 'violations'>>): ViolationsByPlace {
  const byPlace = new Map<string, Violation[]>();
  for (const { rule, violations } of findings) {
    for (const violation of violations) {
      const { source, path } = violation.obligation.place;
      addToGroup(byPlace, placeKey(rule, source, path), violation);
      addToGroup(byPlace, placeKey(undefined, source, path), violation);
    }
  }
  return byPlace;
}

/** The violations of a rule at a place. */
export function askingFor(
  rule: Rule,
  { source, path }: Pick<Place, 'source' | 'path'>,
  violations: ViolationsByPlace,
): readonly Violation[] {
  return violations.get(placeKey(rule, source, path)) ?? [];
}

function placeKey(rule: Rule | undefined, source: Source, path: Path): string {
  return [rule?.id, source.uri, ...path].join('\n');
}

/**
 * Why a finding must not be fixed: the fix would also change an operation that does not ask for it.
 *
 * @param editor of the file to fix; or why it cannot be edited. Without an editor, aliases are not looked at
 * @param violations of all findings
 * @returns `undefined` if it may be fixed
 */
export function reasonAgainstFix(
  { rule, violations: [violation] }: Finding,
  editor: TextEditor | string | undefined,
  graph: ReferenceGraph,
  violations: ViolationsByPlace,
): string | undefined {
  if (violation === undefined) return undefined;
  const { place } = violation.obligation;
  const asking = (path: Path) => askingFor(rule, { source: place.source, path }, violations);
  if (graph.whyUnknown !== undefined) return graph.whyUnknown;
  const user = graph.otherUser(asking(place.path), violation.obligation.kind === 'absent');
  if (user !== undefined) return whyNotFor(user, violations);
  return typeof editor === 'string' || editor === undefined ? undefined : aliasOf(editor, place.path, asking);
}

/**
 * Why a part that another place uses is not changed. If that place should not have the part at all, it must be fixed first.
 */
function whyNotFor({ label, site }: OtherUser, violations: ViolationsByPlace): string {
  const there = site === undefined ? [] : (violations.get(placeKey(undefined, site.source, site.path)) ?? []);
  const isWrong = there.some(({ obligation }) => obligation.kind === 'absent');
  return isWrong
    ? `${label} shares it, and is wrong in another way: fix that first`
    : `${label} shares it and does not need the change`;
}

/** Why a place is not changed: an alias or a merge key shows it at another place too, where no violation asks for the change. */
function aliasOf(editor: TextEditor, path: Path, asking: (path: Path) => readonly Violation[]): string | undefined {
  const places = editor.placesOf(path);
  if (places === undefined) return 'an anchor shows it in too many places';
  const other = places.find((place) => asking(place).length === 0);
  return other === undefined ? undefined : `an alias repeats it in ${userLabel(other)}, which does not need the change`;
}
