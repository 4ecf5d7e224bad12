import type { TextFile } from '../files/text-file.js';
import { isObject, type Json, type Path, pointerOf, valueAt } from '../json.js';
import { kindOfDescription } from '../model/kind.js';
import { isSwagger } from '../model/specification-version.js';
import type { PatchOperation } from '../patch.js';
import type { TextEditor } from '../text-editor/editor.js';
import {
  addedBy,
  canonical,
  componentKinds,
  type Definition,
  definitionsIn,
  equalAmong,
  isHeader,
  labelOf,
  typicalOf,
  withoutDefaults,
} from './added-definitions.js';
import { type ComponentLabel, componentName } from './component-name.js';

/** How many components are written for one kind. A file for which more are needed has little in common to share. */
const mostNew = 20;

/** The maps of components in the order of the OpenAPI Specification. */
const mapOrder = ['responses', 'parameters', 'headers'];

/** The maps whose names show how a document names components, those that are most like the new ones first. */
const exemplaryMaps =
  'responses parameters headers requestBodies examples links schemas definitions securitySchemes securityDefinitions'.split(
    ' ',
  );

/**
 * The changes that give a file one component for equal definitions that patches have added to it, and make each of these a `$ref` to it.
 * What the file had before stays as it is.
 *
 * @param editor the editor of the file, which has taken the patches
 * @returns an empty list if there is nothing to share, or if the file is only a part of a description: it then has no components
 */
export function newComponents(
  file: TextFile,
  editor: Pick<TextEditor, 'data' | 'placesOf'>,
  patches: readonly PatchOperation[],
): PatchOperation[] {
  const { data } = editor;
  if (!isObject(data) || kindOfDescription(data) === undefined) return [];
  const added = addedBy(patches, file, data);
  const components = new Components(data);
  const references: PatchOperation[] = [];
  const replaced = new Set<string>();
  const parts = share(added.filter((definition) => !isHeader(definition)));
  // OpenAPI 2.0 has no `$ref` to a header.
  if (!isSwagger(data)) share([...parts, ...added.filter((definition) => !isReplaced(definition))].filter(isHeader));
  return [...components.additions, ...references];

  /** Makes equal definitions refer to components, and returns what is in the new ones. */
  function share(definitions: readonly Definition[]): Definition[] {
    const inNew: Definition[] = [];
    for (const equal of equalAmong(definitions, editor, isReplaced)) {
      const typical = typicalOf(equal);
      const component = components.for(typical);
      if (component === undefined) continue;
      const value = { $ref: `#/${component.path.join('/')}` };
      for (const { path } of equal) {
        references.push({ op: 'replace', path, value });
        replaced.add(pointerOf(path));
      }
      if (component.isNew) inNew.push(...definitionsIn(typical.kind, component.path, typical.value));
    }
    return inNew;
  }

  function isReplaced({ path }: Definition): boolean {
    return replaced.size > 0 && path.some((_, index) => replaced.has(pointerOf(path.slice(0, index + 1))));
  }
}

/** The components of a description, and the new ones. */
class Components {
  readonly #data: Readonly<Record<string, unknown>>;
  readonly #holder: Path;
  /** The new components by name, by their map. */
  readonly #new = new Map<string, Map<string, Json>>(mapOrder.map((map) => [map, new Map<string, Json>()]));

  constructor(data: Readonly<Record<string, unknown>>) {
    this.#data = data;
    this.#holder = isSwagger(data) ? [] : ['components'];
  }

  /**
   * The path of the component for a definition: of an equal one that is there already, or of a new one.
   *
   * @returns `undefined` if the description cannot hold a new one
   */
  for(definition: Definition): { readonly path: Path; readonly isNew: boolean } | undefined {
    const { map } = componentKinds[definition.kind] as { readonly map: string };
    const label = labelOf(definition);
    const known = this.#membersAt([...this.#holder, map]);
    const created = this.#new.get(map);
    if (label === undefined || known === undefined || created === undefined || created.size >= mostNew)
      return undefined;
    const same = equalNamed(label, known, definition);
    if (same !== undefined) return { path: [...this.#holder, map, same], isNew: false };
    const name = componentName(label, [...Object.keys(known), ...created.keys()], this.#otherNames(map));
    created.set(name, definition.value as Json);
    return { path: [...this.#holder, map, name], isNew: true };
  }

  /** The changes that add the new components, and the objects that hold them. */
  get additions(): PatchOperation[] {
    const filled = [...this.#new].filter(([, created]) => created.size > 0);
    const maps = Object.fromEntries(filled.map(([map, created]) => [map, Object.fromEntries(created)]));
    if (filled.length > 0 && this.#isVacant(this.#holder)) return [this.#additionAt(this.#holder, maps)];
    return filled.flatMap(([map, created]) => {
      const path = [...this.#holder, map];
      if (this.#isVacant(path)) return [this.#additionAt(path, maps[map] as Json)];
      return [...created].map(([name, value]) => this.#additionAt([...path, name], value));
    });
  }

  /** The names in the other maps of components, the most similar map first. */
  *#otherNames(map: string): Generator<readonly string[]> {
    for (const other of exemplaryMaps) {
      if (other !== map) yield Object.keys(this.#membersAt([...this.#holder, other]) ?? {});
    }
  }

  /** The members of an object, which may be missing still; `undefined` if something else stands there. */
  #membersAt(path: Path): Readonly<Record<string, unknown>> | undefined {
    const around = path.map((_, index) => valueAt(this.#data, path.slice(0, index + 1)) ?? {});
    const members = around.at(-1);
    return around.every((value) => isObject(value) && typeof value['$ref'] !== 'string') && isObject(members)
      ? members
      : undefined;
  }

  /** Whether nothing stands at a path, or only a name without a value. */
  #isVacant(path: Path): boolean {
    return path.length > 0 && (valueAt(this.#data, path) ?? null) === null;
  }

  #additionAt(path: Path, value: Json): PatchOperation {
    return { op: valueAt(this.#data, path) === undefined ? 'add' : 'replace', path, value };
  }
}

/** The name of a component that is equal to a definition and is called after the same thing. */
function equalNamed(
  { words, code }: ComponentLabel,
  components: Readonly<Record<string, unknown>>,
  { kind, value }: Definition,
): string | undefined {
  const lettersOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  const wanted = lettersOf(words.join(''));
  const contentOf = (component: unknown) =>
    isObject(component) ? canonical(withoutDefaults({ kind, value: component })) : undefined;
  const content = contentOf(value);
  return Object.keys(components)
    .filter((name) => lettersOf(name).includes(wanted) || (code !== undefined && name.includes(code)))
    .filter((name) => /^[\w.-]+$/.test(name))
    .slice(0, mostNew)
    .find((name) => contentOf(components[name]) === content);
}
