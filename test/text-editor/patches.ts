import type { Json, Path } from '../../src/json.js';
import type { PatchOperation } from '../../src/patch.js';
import { TextEditor } from '../../src/text-editor/editor.js';

/** A text of several lines, without the indentation in the source of the test. */
export function lines(strings: TemplateStringsArray): string {
  const text = String.raw(strings).replace(/^\n/, '').replace(/ *$/, '');
  const indentation = /^ */.exec(text)?.[0] ?? '';
  return text.replaceAll(new RegExp(`^${indentation}`, 'gm'), '');
}

/** The path that a JSON Pointer names (RFC 6901). */
export function pathOfPointer(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function add(pointer: string, value: Json): PatchOperation {
  return { op: 'add', path: pathOfPointer(pointer), value };
}

export function replace(pointer: string, value: Json): PatchOperation {
  return { op: 'replace', path: pathOfPointer(pointer), value };
}

export function remove(pointer: string): PatchOperation {
  return { op: 'remove', path: pathOfPointer(pointer) };
}

export function rename(pointer: string, name: string): PatchOperation {
  const from = pathOfPointer(pointer);
  return { op: 'move', from, path: [...from.slice(0, -1), name] };
}

/** The text after some changes, each made as a separate patch. */
export function editedText(text: string, ...changes: readonly PatchOperation[]): string {
  return finishedText(new TextEditor(text), ...changes);
}

/** The text that an editor writes after some more changes, each made as a separate patch. */
export function finishedText(editor: TextEditor, ...changes: readonly PatchOperation[]): string {
  for (const change of changes) {
    const reason = editor.take([change]);
    if (reason !== undefined) throw new Error(reason);
  }
  const outcome = editor.finish();
  if ('declined' in outcome) throw new Error(outcome.declined);
  return outcome.text;
}
