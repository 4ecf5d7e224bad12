import { isObject, memberOf, type Path } from '../json.js';
import type { Place } from './place.js';

/** The specification extension that excepts an object, and what is in it, from rules. */
export const exceptionKey = 'x-conditional-requests-ignore';

/** An exception from a rule, as an author has written it. */
export interface Exception {
  /** The id of the rule; not checked. */
  readonly rule: string;
  /** Why, in the author's words. */
  readonly reason?: string;
}

/** One of the exceptions that an object makes. */
export interface WrittenException extends Exception {
  /** Its path from the value of the extension. */
  readonly path: Path;
}

/** What is wrong with the value of the extension. */
export interface ExceptionFault {
  /** What stands there instead of what belongs there. */
  readonly value: unknown;
  readonly wanted: 'rules' | 'rule' | 'reason';
  /** Its path from the value of the extension. */
  readonly path: Path;
}

/**
 * The exceptions that the value of the extension makes: a rule id, a list of them, or an object from rule ids to reasons. A reason that is
 * `null` is not given yet.
 */
export function exceptionsIn(value: unknown): { exceptions: WrittenException[]; faults: ExceptionFault[] } {
  if (typeof value === 'string') return { exceptions: [{ rule: value, path: [] }], faults: [] };
  const exceptions: WrittenException[] = [];
  const faults: ExceptionFault[] = [];
  if (Array.isArray(value)) {
    for (const [index, rule] of (value as unknown[]).entries()) {
      const path = [String(index)];
      if (typeof rule === 'string') exceptions.push({ rule, path });
      else faults.push({ value: rule, wanted: 'rule', path });
    }
  } else if (isObject(value)) {
    for (const [rule, reason] of Object.entries(value)) {
      exceptions.push({ rule, path: [rule], ...(typeof reason === 'string' && reason !== '' && { reason }) });
      if (typeof reason !== 'string' && reason !== null) faults.push({ value: reason, wanted: 'reason', path: [rule] });
    }
  } else faults.push({ value, wanted: 'rules', path: [] });
  return { exceptions, faults };
}

/** A copy of a value without exceptions: each holds only where its author wrote it. */
export function copyWithoutExceptions<T>(value: T): T {
  const copy = structuredClone(value);
  const left = new Set<unknown>([copy]);
  for (const one of left) {
    if (typeof one !== 'object' || one === null) continue;
    Reflect.deleteProperty(one, exceptionKey);
    for (const member of Object.values(one)) left.add(member);
  }
  return copy;
}

/** An object that makes exceptions. */
type Holder = Readonly<Record<typeof exceptionKey, unknown>>;

function isHolder(value: unknown): value is Holder {
  return memberOf(value, exceptionKey) !== undefined;
}

/**
 * The objects around a place that make exceptions, from the inside out. Where a `$ref` leads to one of them, the `$ref` counts, what
 * contains it, and what contains its target.
 *
 * @param known a place that may be around it, and what this function says of that
 */
function holdersAround(place: Place, known?: { readonly place: Place; readonly holders: readonly Holder[] }): Holder[] {
  const holders: Holder[] = [];
  for (let here: Place | undefined = place; here !== undefined; here = here.parent) {
    if (here === known?.place) return [...holders, ...known.holders];
    if (isHolder(here.value)) holders.push(here.value);
    const { parent, source, linkedPath } = here;
    if (parent === undefined || (source === parent.source && linkedPath?.above === parent.linkedPath)) continue;
    holders.push(...here.site.chain.map(({ value }) => value).filter(isHolder));
    let value = source.data;
    for (const key of here.path) {
      if (isHolder(value)) holders.push(value);
      value = memberOf(value, key);
    }
  }
  return holders;
}

/** The exceptions of a description that were needed so far. */
export class Exceptions {
  /** The rules, by the object that excepts itself from them, or by the comment. */
  readonly #used = new Map<object, Set<string>>();
  /** What makes exceptions around operations, which have many findings. */
  readonly #ofOperations = new WeakMap<Place, readonly Holder[]>();

  /**
   * The exception from a rule that holds for a finding, the innermost if there are several. It counts as used from then on.
   *
   * @param pointsAt the place that the finding points at
   * @param about the place that it is about
   * @param operation the place of the operation that it is about
   */
  covering(rule: string, pointsAt: Place, about: Place, operation: Place): Exception | undefined {
    const comment = pointsAt.source.exceptionsAt?.(pointsAt.path).find((exception) => exception.rule === rule);
    if (comment !== undefined) return this.#use(comment, comment);
    let ofOperation = this.#ofOperations.get(operation);
    if (ofOperation === undefined) this.#ofOperations.set(operation, (ofOperation = holdersAround(operation)));
    const known = { place: operation, holders: ofOperation };
    const inside = about === pointsAt ? [pointsAt] : [pointsAt, about];
    for (const holder of [...inside.flatMap((place) => holdersAround(place, known)), ...ofOperation]) {
      const exception = exceptionsIn(holder[exceptionKey]).exceptions.find((one) => one.rule === rule);
      if (exception !== undefined) return this.#use(holder, exception);
    }
    return undefined;
  }

  /** @param holder the object that makes an exception, or the comment */
  isUsed(holder: object, rule: string): boolean {
    return this.#used.get(holder)?.has(rule) === true;
  }

  #use(holder: object, exception: Exception): Exception {
    const rules = this.#used.get(holder) ?? new Set();
    this.#used.set(holder, rules.add(exception.rule));
    return exception;
  }
}
