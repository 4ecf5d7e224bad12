import type { Grammar } from './grammar/grammar.js';
import { isObject, type Json } from './json.js';
import { copyWithoutExceptions } from './model/exceptions.js';
import type { Field } from './model/field.js';
import type { Place } from './model/place.js';
import type { Source } from './model/source.js';
import type { PatchOperation } from './patch.js';

/**
 * Who can fix a violation. A `safe` fix only corrects the description. A `suggested` one asserts something about the server that
 * only a person can know. A `removal` takes away a declared header, parameter or response. A `partial` one is
 * of little use until something else is added, so it is made only if the user names the rule. With `none`, the author has to decide.
 */
export type FixKind = 'safe' | 'suggested' | 'removal' | 'partial' | 'none';

/** What the message of a finding says about an obligation, and how the finding is shown. */
interface Wording {
  /** What is expected (`a 304 response`), or, for `absent`, what is not (`304 response`, as in `Expected no 304 response`). */
  readonly noun: string;
  /**
   * The part of the operation that the obligation is about, without an article: `304 response`. Absent if it is about the operation
   * itself. A part may be shared: it can stand in a component that many operations use.
   */
  readonly part?: string;
  /** The reason, as a clause that is true for every operation that shares the part: `its 200 response declares ETag`. */
  readonly because: string;
  /** The field that causes the obligation, if it stands elsewhere: the ETag that calls for a 304. */
  readonly cause?: Field;
  /** The aspect of the rule that it is about, if the rule has several: sources may ask for one of them only. */
  readonly on?: string;
  /** An adjective for what is wrong, if there is more than one way to fix it: `Unexplained`. */
  readonly fault?: string;
  /** The location in the message, if neither the operation nor one of its parts names it: `on a response of /orders`. */
  readonly whereInWords?: string;
  /** The name of what must be present, if its place does not tell: that of a parameter in a list. */
  readonly named?: string;
  /**
   * What the finding points at instead of the place, such as the header that uses a shared schema. The obligation then has no
   * patch: what stands at the place is right for its other users.
   */
  readonly pointsAt?: Place;
  /** Who can fix it, if that takes more than for other violations of the rule. */
  readonly fix?: FixKind;
}

/** A member that must stand in an object, and a value that it could have. */
interface Member {
  readonly place: Place;
  readonly value: () => Json;
}

/** Something must stand at a place. */
export interface Present extends Wording {
  readonly kind: 'present';
  readonly place: Place;
  /** What could stand there; `undefined` if only the author can tell. */
  readonly value: (() => Json) | undefined;
  /** What else must stand in the same object. */
  readonly beside?: readonly Member[];
}

/** Nothing may stand at a place. */
export interface Absent extends Wording {
  readonly kind: 'absent';
  readonly place: Place;
  /** The place in the same object with the right name, if only the name is wrong. */
  readonly renamedTo?: Place;
}

/** If something stands at a place, it must match a grammar. */
export interface Matches extends Omit<Wording, 'noun'> {
  readonly kind: 'matches';
  readonly place: Place;
  readonly grammar: Grammar;
}

/** What a rule expects of a description. The check, the message and the fix are all derived from it, so they cannot disagree. */
export type Obligation = Present | Absent | Matches;

/** The obligation that something stands at a place. */
export function present(place: Place, value: Present['value'], wording: Wording): Present {
  return { kind: 'present', place, value, ...wording };
}

/**
 * The obligation that one object has several members: one finding names all that are missing, and one patch adds them.
 *
 * @param members by their names in the message
 * @returns `undefined` if nothing is missing
 */
export function presentTogether(
  members: ReadonlyMap<string, Member>,
  wording: Omit<Wording, 'noun'>,
): Present | undefined {
  const missing = [...members].filter(([, { place }]) => !place.exists);
  const [first, ...others] = missing.map(([, member]) => member);
  const nouns = missing.map(([noun]) => noun);
  const noun = [nouns.slice(0, -1).join(', '), ...nouns.slice(-1)].filter(Boolean).join(' and ');
  return first && { kind: 'present', ...first, beside: others, noun, ...wording };
}

/** The obligation that nothing stands at a place. */
export function absent(place: Place, wording: Wording & Pick<Absent, 'renamedTo'>): Absent {
  return { kind: 'absent', place, ...wording };
}

/** The obligation that what stands at a place matches a grammar. */
export function matches(place: Place, grammar: Grammar, wording: Omit<Wording, 'noun'>): Matches {
  return { kind: 'matches', place, grammar, ...wording };
}

/** The places that an obligation is about: one, or those of the members that must be present together. */
export function placesOfObligation(obligation: Obligation): Place[] {
  const beside = obligation.kind === 'present' ? (obligation.beside ?? []) : [];
  return [obligation.place, ...beside.map(({ place }) => place)];
}

/** Whether a description meets an obligation. If a `$ref` on the way to the place cannot be followed, the answer is yes. */
export function holds(obligation: Obligation): boolean {
  const { kind, place } = obligation;
  if (place.lost) return true;
  if (kind === 'matches') return !place.exists || obligation.grammar.accepts(place.value);
  if (kind === 'absent') return !place.exists;
  return place.exists && (obligation.beside ?? []).every((member) => member.place.exists);
}

/** Whether there is a patch after which an obligation holds, short of making the patch. */
export function isFixable(obligation: Obligation): boolean {
  if (obligation.pointsAt !== undefined) return false;
  if (obligation.kind === 'present') return obligation.value !== undefined;
  return obligation.kind === 'absent' || obligation.grammar.repair(obligation.place.value) !== undefined;
}

/**
 * The patch after which an obligation holds.
 *
 * @returns RFC 6902 operations, in order, first those that add the missing objects on the way to the place; an empty list if only
 *   the author can tell what should stand there
 */
export function discharge(obligation: Obligation): FixOperation[] {
  if (obligation.pointsAt !== undefined) return [];
  if (obligation.kind === 'present') {
    const { place, value, beside = [] } = obligation;
    const first = value === undefined ? [] : addition(place, value());
    return first.length === 0 ? [] : [...first, ...beside.map((member) => additionAt(member.place, member.value()))];
  }
  const { source, path, value } = obligation.place;
  if (obligation.kind === 'matches') {
    const repaired = obligation.grammar.repair(value);
    return repaired === undefined ? [] : [{ op: 'replace', source, path, value: repaired }];
  }
  const { renamedTo } = obligation;
  return [
    renamedTo === undefined ? { op: 'remove', source, path } : { op: 'move', source, from: path, path: renamedTo.path },
  ];
}

/**
 * Adds a value, and the objects that are missing on the way to it. A `null` on the way becomes an object: in YAML, it is a name
 * without a value yet. A value of any other type stays, and nothing is added.
 */
function addition({ source, path, parent }: Place, value: Json): FixOperation[] {
  const missing: FixOperation[] = [];
  let above = parent;
  for (; above !== undefined && (above.value ?? null) === null; above = above.parent) {
    missing.unshift({ op: above.exists ? 'replace' : 'add', source: above.source, path: above.path, value: {} });
  }
  const holder = above?.value;
  const canHold = Array.isArray(holder) ? path.at(-1) === String(holder.length) : isObject(holder);
  return canHold ? [...missing, additionAt({ source, path }, value)] : [];
}

function additionAt({ source, path }: Pick<Place, 'source' | 'path'>, value: Json): FixOperation {
  // A value that is copied from elsewhere in the description stays as it is when other fixes change what it was copied from.
  return { op: 'add', source, path, value: copyWithoutExceptions(value) };
}

/** One operation of a JSON Patch (RFC 6902 §4) on one of the documents of a description. */
export type FixOperation = PatchOperation & { readonly source: Source };
