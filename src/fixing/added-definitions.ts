import type { TextFile } from '../files/text-file.js';
import { addToGroup } from '../grouping.js';
import { isObject, memberOf, type Path, pointerOf, scalarText, valueAt } from '../json.js';
import { usualSpelling } from '../model/field-name.js';
import { kindByPath } from '../model/kind-mismatch.js';
import { isExampleData, type Kind, kindOfMember } from '../model/kind.js';
import { reasonPhrases } from '../model/reason-phrase.js';
import type { PatchOperation } from '../patch.js';
import type { TextEditor } from '../text-editor/editor.js';
import type { ComponentLabel } from './component-name.js';

/** How many equal definitions must be added to become one component, whatever else the file holds. */
const enoughAdded = 3;

/** How many equal definitions a file may have, with what is added, before that becomes a component. */
const mostInline = 5;

/** How many members and items a definition may have, at all depths, to be compared. Real ones have up to thirty. */
const mostCompared = 500;

/** What can be a component: the map that it belongs to, and the words in names that say what kind it is, the usual one last. */
export const componentKinds: Readonly<
  Record<Kind, { readonly map: string; readonly kindWords: ComponentLabel['kindWords'] }>
> = {
  'Response Object': { map: 'responses', kindWords: ['resp', 'response'] },
  'Parameter Object': { map: 'parameters', kindWords: ['param', 'params', 'header', 'parameter'] },
  'Header Object': { map: 'headers', kindWords: ['hdr', 'header'] },
};

/** A response, a parameter or a header. */
export interface Definition {
  readonly kind: Kind;
  readonly path: Path;
  readonly value: Readonly<Record<string, unknown>>;
  /** Whether it is a header in a response that was added with it, or in a new component. */
  readonly isPart: boolean;
}

/** Equal definitions that have been added. */
type EqualDefinitions = readonly [Definition, ...Definition[]];

export function isHeader({ kind }: Definition): boolean {
  return kind === 'Header Object';
}

/** The definitions that patches have added, as they are after all of them. */
export function addedBy(patches: readonly PatchOperation[], file: TextFile, data: unknown): Definition[] {
  const added = new Map<string, Definition>();
  for (const change of patches) {
    if (change.op !== 'add' && change.op !== 'replace') continue;
    const kind = kindByPath(file, change.path);
    const value = valueAt(data, change.path);
    if (kind === undefined) continue;
    for (const definition of definitionsIn(kind, change.path, value)) {
      const pointer = pointerOf(definition.path);
      if (!added.has(pointer)) added.set(pointer, definition);
    }
  }
  return [...added.values()];
}

/** The responses, parameters and headers in a value. An object that stands in several places is searched once. */
export function* definitionsIn(start: Kind, at: Path, of: unknown): Generator<Definition> {
  const queue = [{ kind: start, path: at, value: of, isPart: false }];
  const seen = new Set<unknown>();
  for (const next of queue) {
    if (typeof next.value !== 'object' || next.value === null || seen.has(next.value)) continue;
    seen.add(next.value);
    const isDefinition =
      next.kind in componentKinds && isObject(next.value) && memberOf(next.value, '$ref') === undefined;
    if (isDefinition) yield next as Definition;
    for (const [key, member] of Object.entries(next.value)) {
      const kind = kindOfMember(next.kind, key);
      if (kind === undefined || kind === 'Schema Object' || isExampleData(kind)) continue;
      queue.push({ kind, path: [...next.path, key], value: member, isPart: next.isPart || isDefinition });
    }
  }
}

/**
 * The groups of equal definitions that are worth a component.
 *
 * @param added what has been added
 * @param isReplaced whether a definition has become a `$ref` to a component
 */
export function equalAmong(
  added: readonly Definition[],
  editor: Pick<TextEditor, 'data' | 'placesOf'>,
  isReplaced: (definition: Definition) => boolean,
): EqualDefinitions[] {
  const groups = new Map<string, Definition[]>();
  for (const definition of added) {
    const key = contentKey(definition);
    if (key !== undefined) addToGroup(groups, key, definition);
  }
  let inline: ReadonlyMap<string, number> | undefined;
  const isEnough = (group: readonly Definition[], key: string) => {
    if (group.length >= enoughAdded) return true;
    // A part of a larger addition is no reason to share a definition that stood alone before.
    if (group.every(({ isPart }) => isPart)) return false;
    inline ??= countInline();
    return (inline.get(key) ?? 0) > mostInline;
  };
  return [...groups]
    .filter(([key, group]) => isEnough(group, key))
    .map(([, group]) => group as unknown as EqualDefinitions);

  /** How often each definition stands in the text of the operations. An alias repeats it only in the data. */
  function countInline(): ReadonlyMap<string, number> {
    const kinds = new Set(added.map(({ kind }) => kind));
    const counts = new Map<string, number>();
    for (const definition of definitionsIn('Paths Object', ['paths'], valueAt(editor.data, ['paths']))) {
      if (!kinds.has(definition.kind) || isReplaced(definition)) continue;
      const key = contentKey(definition);
      const [written] = editor.placesOf(definition.path) ?? [];
      if (key !== undefined && written !== undefined && pointerOf(written) === pointerOf(definition.path))
        counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }
}

/** The same for equal definitions of the same thing; `undefined` if it has no usual name, or is too large to be compared. */
function contentKey(definition: Definition): string | undefined {
  const label = labelOf(definition);
  const content = label && canonical(withoutDefaults(definition));
  return content && [definition.kind, label.words.join('-').toLowerCase(), content].join('\n');
}

/** Of some equal definitions, the one that is written like most of them. */
export function typicalOf(equal: EqualDefinitions): Definition {
  const saysMore = equal.filter((definition) => withoutDefaults(definition) !== definition.value);
  const most =
    saysMore.length * 2 > equal.length
      ? saysMore
      : equal.filter((definition) => withoutDefaults(definition) === definition.value);
  return most[0] ?? equal[0];
}

/** A definition without the defaults that it states: some authors write `required: false` at some parameters and not at others. */
export function withoutDefaults({ kind, value }: Pick<Definition, 'kind' | 'value'>): unknown {
  const { required, ...others } = value;
  return kind === 'Parameter Object' && required === false ? others : value;
}

/** What a definition is called; `undefined` for a response that does not answer a condition. */
export function labelOf({ kind, path, value }: Definition): ComponentLabel | undefined {
  const { kindWords } = componentKinds[kind] as { readonly kindWords: ComponentLabel['kindWords'] };
  const key = path.at(-1) ?? '';
  if (kind === 'Response Object') {
    const phrase = Object.hasOwn(reasonPhrases, key) ? reasonPhrases[key] : undefined;
    return phrase === undefined ? undefined : { words: phrase.split(' '), code: key, kindWords };
  }
  const name = kind === 'Header Object' ? key : scalarText(value['name']);
  const words = usualSpelling(name).split('-').filter(Boolean);
  return words.length === 0 || !/^[\w-]+$/.test(name) ? undefined : { words, kindWords };
}

/** A value as a text that is the same for equal values; `undefined` if it is too large. The order of members does not count. */
export function canonical(value: unknown): string | undefined {
  let left = mostCompared;
  const sorted = (part: unknown): unknown => {
    // Aliases can make the rest of any size.
    if (left-- <= 0) return null;
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(sorted);
    const members = Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
  };
  const text = JSON.stringify(sorted(value));
  return left < 0 ? undefined : text;
}
