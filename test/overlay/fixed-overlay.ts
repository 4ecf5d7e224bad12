import { parse } from 'yaml';
import { TextFile } from '../../src/files/text-file.js';
import type { Permissions } from '../../src/fixing/fix-all.js';
import type { FixResult } from '../../src/fixing/fix-result.js';
import { parseJson } from '../../src/json.js';
import { fixWithOverlay } from '../../src/overlay/fix-overlay.js';
import { withoutLoneReturns } from '../../src/text-editor/line-breaks.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';

export const everything: Permissions = { allows: (rule) => rule.fix !== 'none', forbids: () => undefined };

/** The data of a text, as a YAML parser that also reads merge keys reads it. */
export function dataOf(text: string): unknown {
  const json = parseJson(text);
  if (json !== undefined) return json.data;
  return parse(withoutLoneReturns(text), { merge: true, uniqueKeys: false, logLevel: 'silent', maxAliasCount: -1 });
}

/** An overlay, the description that it is for, and the description that it should give. */
export interface FixedOverlay {
  readonly before: unknown;
  readonly after: unknown;
  readonly overlay: unknown;
  readonly result: FixResult;
}

/**
 * The overlay that fixes everything in a description.
 *
 * @param file the absolute path of the description
 * @returns `undefined` where nothing can be fixed
 */
export function fixedOverlay(file: string, text: string): FixedOverlay | undefined {
  const { result, change } = fixWithOverlay(
    new TextFile(file, text),
    `${file}.overlay.yaml`,
    undefined,
    shippedSelection('all'),
    everything,
  );
  if (change === undefined) return undefined;
  const after = result.changed[0]?.after ?? text;
  return { before: dataOf(text), after: dataOf(after), overlay: dataOf(change.after), result };
}
