import type { Finding } from '../check.js';
import { type TextFile, textFileOf } from '../files/text-file.js';
import { isObject, memberOf } from '../json.js';
import { exceptionKey, exceptionsIn } from '../model/exceptions.js';
import type { Place } from '../model/place.js';
import type { PatchOperation } from '../patch.js';
import type { TextEdit } from '../text-editor/text-edits.js';
import { editorOf } from './fix-guard.js';

/** What stands for the reason of an exception until its author gives one. */
export const reasonToGive = '(reason)';

/**
 * The edits that make an exception for a finding, with a place for the reason, in the innermost object around it that may have extensions.
 *
 * @returns `undefined` where the text cannot be edited, or the exceptions there are not as they should be
 */
export function exceptionEdits({ rule, place }: Finding): { file: TextFile; edits: readonly TextEdit[] } | undefined {
  const object = extensibleAround(place);
  const patch = object && patchFor(rule.id, object);
  if (object === undefined || patch === undefined) return undefined;
  const file = textFileOf(object.source);
  const editor = editorOf(file);
  if (typeof editor === 'string') return undefined;
  const { edits, declined } = editor.preview(patch);
  return declined === undefined && editor.isRight([{ patch, edits }]) ? { file, edits } : undefined;
}

/** The innermost object around a place that is no map with names of the author's, and no `$ref`, which may have no other members. */
function extensibleAround(place: Place): Place | undefined {
  let here: Place | undefined = place;
  while (here !== undefined && (here.isReference || !isObject(here.value) || !/^[A-Z].* Object$/.test(here.kind ?? '')))
    here = here.parent;
  return here;
}

/** Adds an exception to those that an object makes. */
function patchFor(rule: string, object: Place): PatchOperation[] | undefined {
  const path = [...object.path, exceptionKey];
  const existing = memberOf(object.value, exceptionKey);
  if (existing === undefined) return [{ op: 'add', path, value: { [rule]: reasonToGive } }];
  if (isObject(existing)) return [{ op: 'add', path: [...path, rule], value: reasonToGive }];
  const { exceptions, faults } = exceptionsIn(existing);
  if (faults.length > 0) return undefined;
  const rules = [...exceptions.map((exception) => exception.rule), rule];
  return [{ op: 'replace', path, value: Object.fromEntries(rules.map((id) => [id, reasonToGive])) }];
}
