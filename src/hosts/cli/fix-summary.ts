import { counted } from '../../counted.js';
import { shortName } from '../../files/discovery.js';
import type { FixOutcome, FixResult } from '../../fixing/fix-result.js';
import type { FixKind } from '../../obligation.js';
import { visible } from '../../visible-text.js';

/** The outcomes of the findings by file and rule, and the number of `$ref`s that could not be followed. */
export function summaryOf(
  { outcomes, descriptions, invalidReferences }: FixResult,
  isDone: boolean,
  cwd: string,
): string {
  const verb = isDone ? 'fixed' : 'would fix';
  const lines: string[] = [];
  const invalid = new Map(invalidReferences.map(({ file, path }) => [JSON.stringify([file, path]), file]));
  const concerned = new Set([...outcomes.map((outcome) => outcome.file), ...invalid.values()]);
  for (const file of [...concerned].toSorted()) {
    const here = outcomes.filter((outcome) => outcome.file === file);
    lines.push(shortName(file, cwd), ...countsOf(here, 'fixed', verb));
    for (const { rule, message, reason } of here.filter(({ kind }) => kind === 'declined')) {
      lines.push(`  ${'declined'.padEnd(9)}  ${rule.id}: ${message}`, `             because ${visible(reason ?? '')}`);
    }
    const invalidHere = [...invalid.values()].filter((other) => other === file).length;
    if (invalidHere > 0) lines.push(`  ${'left'.padEnd(9)}  ${invalidHere} × invalid-ref (no automatic fix)`);
    lines.push(...countsOf(here, 'left', 'left'), '');
  }
  const count = (kind: FixOutcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
  lines.push(
    `${counted(descriptions, 'description')}: ${verb} ${count('fixed')}, declined ${count('declined')}, left ${count('left') + invalid.size}.`,
  );
  return `${lines.join('\n')}\n`;
}

/** The option that fixes a finding that was left, by the kind of its fix. */
const hints: Readonly<Partial<Record<FixKind, string>>> = {
  suggested: 'a suggestion about the server: --suggested',
  removal: 'it takes away what is declared: --remove',
};

function countsOf(outcomes: readonly FixOutcome[], kind: FixOutcome['kind'], label: string): string[] {
  const counts = new Map<string, number>();
  for (const { rule, kind: other, fix } of outcomes) {
    if (other !== kind) continue;
    const named = `it is of little use alone: --rule ${rule.id}`;
    const hint = fix === 'partial' ? named : fix && hints[fix];
    const why = kind === 'fixed' ? '' : ` (${hint ?? 'no automatic fix'})`;
    counts.set(rule.id + why, (counts.get(rule.id + why) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `  ${label.padEnd(9)}  ${count} × ${name}`);
}
