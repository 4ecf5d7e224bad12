import type { Source } from './source.js';

/** How many steps every description may take, however short its text. */
const stepsAtAll = 20_000;

/**
 * How many more steps it may take for each character of its text. Real descriptions take up to 0.05 steps for a character; the densest
 * ones without references and aliases take less than 0.5.
 */
const stepsForCharacter = 3;

/** The length to assume for a document whose text is unknown, in characters. */
const unknownLength = 2_000_000;

/** How many characters count as one step. */
const charactersAtOnce = 100;

const tooLarge =
  'references or aliases make it many times as large as its text, so that it is not checked: let fewer of them lead to the same things';

/** How many keys a path may have that rules read. Real descriptions have up to sixty. */
const mostDepth = 500;

const tooDeep = `it is nested more than ${mostDepth} levels deep, so that it is not checked`;

/** Whether a path has more keys than rules read. */
export function isTooDeep(depth: number): boolean {
  return depth > mostDepth;
}

/** Thrown to stop reading a description that takes too many steps for its length, or that is nested too deeply. */
class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded';
}

/**
 * Limits the time that reading a description takes. With references and aliases, a short text can stand for a description of any
 * size, so the limit depends on the length of the text.
 */
export class ReadingBudget {
  readonly #documents = new Set<Source>();
  #most = stepsAtAll;
  #steps = 0;
  #isBounded = false;
  #whyTooMuch: string | undefined;

  /** Why a task was given up, as a clause about the description; `undefined` if none was. */
  get whyTooMuch(): string | undefined {
    return this.#whyTooMuch;
  }

  /** The documents that have been included, in the order in which they were read. */
  get documents(): Iterable<Source> {
    return this.#documents;
  }

  /** Adds the length of one of the documents of the description to the budget. */
  include(document: Source): void {
    if (this.#documents.has(document)) return;
    this.#documents.add(document);
    this.#most += stepsForCharacter * (document.length ?? unknownLength);
  }

  /** Counts steps, which all take about the same time. Ends a {@link bounded} task that takes too many. */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#isBounded && this.#steps > this.#most) throw new BudgetExceeded(tooLarge);
  }

  /** Counts a step to a place. Ends a {@link bounded} task that takes too many, or that reads what is nested too deeply. */
  visit(depth: number): void {
    this.spend(1);
    if (this.#isBounded && isTooDeep(depth)) throw new BudgetExceeded(tooDeep);
  }

  /** Counts the steps to look at every character of some texts. */
  spendOn(texts: Iterable<string>): void {
    let characters = 0;
    for (const { length } of texts) characters += length;
    this.spend(characters / charactersAtOnce);
  }

  /**
   * Runs a task within the budget.
   *
   * @returns the result of the task; `undefined` if the budget does not suffice
   */
  bounded<T>(task: () => T): T | undefined {
    this.#isBounded = true;
    try {
      return task();
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      this.#whyTooMuch ??= error.message;
      return undefined;
    } finally {
      this.#isBounded = false;
    }
  }
}
