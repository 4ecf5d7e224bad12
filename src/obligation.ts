import type { Field } from './contract/field.js';
import { isObject, type Place } from './contract/place.js';
import type { Json, PatchOperation } from './edit/patch.js';
import type { Grammar } from './grammar/grammar.js';
import type { Citation } from './guidelines.js';

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
}

/** Something must stand at a place. */
export interface Present extends Wording {
  readonly kind: 'present';
  readonly place: Place;
  /** What could stand there; absent where nobody can say. */
  readonly value: (() => Json) | undefined;
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
  return place.exists === (kind === 'present');
}

/**
 * The patch after which an obligation holds.
 *
 * @returns RFC 6902 operations, in order; every missing object on the way to a place is added first. None where nobody can say
 *   mechanically what should stand there
 */
export function discharge(obligation: Obligation): PatchOperation[] {
  if (obligation.at !== undefined) return [];
  if (obligation.kind === 'present')
    return obligation.value === undefined ? [] : addition(obligation.place, obligation.value());
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
function addition({ source, path, parent }: Place, value: Json): PatchOperation[] {
  const missing: PatchOperation[] = [];
  let above = parent;
  for (; above !== undefined && (above.value ?? null) === null; above = above.parent) {
    missing.unshift({ op: above.exists ? 'replace' : 'add', source: above.source, path: above.path, value: {} });
  }
  const holder = above?.value;
  const canHold = Array.isArray(holder) ? path.at(-1) === String(holder.length) : isObject(holder);
  return canHold ? [...missing, { op: 'add', source, path, value }] : [];
}
