import type { Place } from './contract/place.js';
import type { Json, PatchOperation } from './edit/patch.js';
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
  /** Who asks for this very thing, where not all that the rule cites do. */
  readonly asked?: readonly Citation[];
}

/** Something must stand at a place. */
export interface Present extends Wording {
  readonly kind: 'present';
  readonly place: Place;
  /** What could stand there. */
  readonly value: () => Json;
}

/** Nothing may stand at a place. */
export interface Absent extends Wording {
  readonly kind: 'absent';
  readonly place: Place;
}

/** What a rule demands of a description. The check, the message and the fix are three readings of it. */
export type Obligation = Present | Absent;

/** The obligation that something stands at a place. */
export function present(place: Place, value: () => Json, wording: Wording): Present {
  return { kind: 'present', place, value, ...wording };
}

/** The obligation that nothing stands at a place. */
export function absent(place: Place, wording: Wording): Absent {
  return { kind: 'absent', place, ...wording };
}

/** Whether the description meets an obligation. Where a `$ref` could not be followed nobody knows, and it is met. */
export function holds(obligation: Obligation): boolean {
  return obligation.place.lost || obligation.place.exists === (obligation.kind === 'present');
}

/**
 * The patch after which an obligation holds.
 *
 * @returns RFC 6902 operations, in order; every missing object on the way to a place is added first
 */
export function discharge(obligation: Obligation): PatchOperation[] {
  const { source, path } = obligation.place;
  if (obligation.kind === 'absent') return [{ op: 'remove', source, path }];
  const missing: PatchOperation[] = [];
  for (let above = obligation.place.parent; above !== undefined && !above.exists; above = above.parent) {
    missing.unshift({ op: 'add', source: above.source, path: above.path, value: {} });
  }
  return [...missing, { op: 'add', source, path, value: obligation.value() }];
}
