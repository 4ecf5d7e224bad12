import type { Grammar } from './grammar/grammar.js';
import type { Citation } from './guidelines/citation.js';
import { isObject, type Json } from './json.js';
import type { Field } from './model/field.js';
import type { Place } from './model/place.js';
import type { Source } from './model/source.js';
import type { PatchOperation } from './patch.js';

/** What an obligation says of itself, for the message of a finding. */
interface Wording {
  /** What is expected (`a 304 response`), or expected not to be (`304 response`, as in `no 304 response`). */
  readonly noun: string;
  /**
   * The part of the operation that it is about, as a noun without article: `304 response`. Absent where the operation itself is
   * what the obligation is about. A part may be shared: it can stand in a component that many operations use.
   */
  readonly of?: string;
  /** Why, in a clause that holds for every operation that shares the part: `its 200 response declares ETag`. */
  readonly because: string;
  /** The field that leads to it, where that stands elsewhere: the ETag that calls for a 304. */
  readonly cause?: Field;
  /** Who asks for this very thing, where not all that the rule cites do. */
  readonly asked?: readonly Citation[];
  /** An adjective for what is wrong, where more than one remedy comes to mind: `Unexplained`. */
  readonly fault?: string;
  /** Where, in the words of the message, if neither the operation nor one of its parts says it: `on a response of /orders`. */
  readonly where?: string;
  /**
   * What the finding points at, where it is not the place itself: what uses a thing of general use. No patch can put that
   * right, since the thing is right for others.
   */
  readonly at?: Place;
  /** Whether what puts it right says something new about the server, even where the other fixes of its rule do not. */
  readonly isSuggestion?: boolean;
}

/** Something that must stand at a place, and what could stand there. */
interface Member {
  readonly place: Place;
  readonly value: () => Json;
}

/** Something must stand at a place. */
export interface Present extends Wording {
  readonly kind: 'present';
  readonly place: Place;
  /** What could stand there; absent where nobody can say. */
  readonly value: (() => Json) | undefined;
  /** What must stand beside it, in the same object. */
  readonly beside?: readonly Member[];
}

/** Nothing may stand at a place. */
export interface Absent extends Wording {
  readonly kind: 'absent';
  readonly place: Place;
  /** The other name in the same object under which what stands there belongs. */
  readonly instead?: Place;
}

/** What stands at a place, if anything does, must be of a grammar. */
export interface Matches extends Omit<Wording, 'noun'> {
  readonly kind: 'matches';
  readonly place: Place;
  readonly grammar: Grammar;
}

/** What a rule demands of a description. The check, the message and the fix are three readings of it. */
export type Obligation = Present | Absent | Matches;

/** The obligation that something stands at a place. */
export function present(place: Place, value: Present['value'], wording: Wording): Present {
  return { kind: 'present', place, value, ...wording };
}

/**
 * The obligation that several members stand in one object: one finding names all that are missing, and one patch adds them.
 *
 * @param members by what a message calls them
 * @returns none where nothing is missing
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

/** The obligation that nothing stands at a place; what does may belong to another one instead. */
export function absent(place: Place, wording: Wording & Pick<Absent, 'instead'>): Absent {
  return { kind: 'absent', place, ...wording };
}

/** The obligation that what stands at a place is of a grammar. */
export function matches(place: Place, grammar: Grammar, wording: Omit<Wording, 'noun'>): Matches {
  return { kind: 'matches', place, grammar, ...wording };
}

/** Whether the description meets an obligation. Where a `$ref` could not be followed nobody knows, and it is met. */
export function holds(obligation: Obligation): boolean {
  const { kind, place } = obligation;
  if (place.lost) return true;
  if (kind === 'matches') return !place.exists || obligation.grammar.accepts(place.value);
  if (kind === 'absent') return !place.exists;
  return [obligation, ...(obligation.beside ?? [])].every((member) => member.place.exists);
}

/**
 * The patch after which an obligation holds.
 *
 * @returns RFC 6902 operations, in order; every missing object on the way to a place is added first. None where nobody can say
 *   mechanically what should stand there
 */
export function discharge(obligation: Obligation): FixOperation[] {
  if (obligation.at !== undefined) return [];
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
  const { instead } = obligation;
  return [
    instead === undefined ? { op: 'remove', source, path } : { op: 'move', source, from: path, path: instead.path },
  ];
}

/**
 * Adds a value, and the objects that are missing on the way to it. What is `null`, which YAML makes of a name with nothing after
 * it, was meant to have members as much as what is missing; what is of another type was not.
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
  return { op: 'add', source, path, value };
}

/**
 * One operation of a JSON Patch (RFC 6902 §4), on a document of a description. Its locations are segments instead of JSON
 * Pointers, since what follows only ever needs the segments. `move` gives a member another name in the same object.
 */
export type FixOperation = PatchOperation & { readonly source: Source };
