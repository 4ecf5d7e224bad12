import type { Source } from './source.js';

/** How many steps any description may be read in, whatever its size. */
const stepsAtAll = 20_000;

/**
 * How many more it may take for each character of its text: real descriptions take up to a twentieth of a step, the densest that
 * have all that they say written out less than half a step.
 */
const stepsForCharacter = 3;

/** What is taken for the length of a document that is not known as a text. */
const unknownLength = 2_000_000;

/** How many characters of a text can be looked at in one step. */
const charactersAtOnce = 100;

/** What ends the reading of a description that takes more steps than its length accounts for. */
class BudgetExceeded extends Error {
  override readonly name = 'Unbounded';
}

/**
 * How much the reading of a description takes. References and aliases make a short text stand for as large a description as
 * anybody likes, and nobody wants to wait for the end of that.
 */
export class ReadingBudget {
  readonly #documents = new Set<Source>();
  #most = stepsAtAll;
  #steps = 0;
  #isBounded = false;
  #isTooMuch = false;

  /** Whether something has been given up, since it would have taken too much. */
  get isTooMuch(): boolean {
    return this.#isTooMuch;
  }

  /** Takes notice of a document that the description is made of. */
  include(document: Source): void {
    if (this.#documents.has(document)) return;
    this.#documents.add(document);
    this.#most += stepsForCharacter * (document.length ?? unknownLength);
  }

  /** Counts steps, each of which takes about as long as any other; it ends a {@link bounded} task of which they are too many. */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#isBounded && this.#steps > this.#most) throw new BudgetExceeded();
  }

  /** Counts the steps that it takes to look at every character of some texts. */
  spendOn(texts: Iterable<string>): void {
    for (const text of texts) this.spend(text.length / charactersAtOnce);
  }

  /**
   * Does something in no more than the steps that the description may take in all.
   *
   * @returns `undefined` where that is not enough
   */
  bounded<T>(task: () => T): T | undefined {
    this.#isBounded = true;
    try {
      return task();
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      this.#isTooMuch = true;
      return undefined;
    } finally {
      this.#isBounded = false;
    }
  }
}
