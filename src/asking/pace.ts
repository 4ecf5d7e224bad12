import { setTimeout as sleep } from 'node:timers/promises';
import type { Untried } from '../observe/observations.js';

/** Spaces requests out: at most so many in a second, and so many in all. */
export class Pace {
  readonly #interval: number;
  readonly #most: number;
  #next = 0;
  #sent = 0;
  #stopped: Untried | undefined;

  /**
   * @param rate the most requests in a second
   * @param most the most in all
   */
  constructor(rate: number, most: number) {
    this.#interval = 1000 / rate;
    this.#most = most;
  }

  /** How many requests have been sent. */
  get sent(): number {
    return this.#sent;
  }

  /** Why no more requests may be sent; `undefined` as long as they may. */
  get stopped(): Untried | undefined {
    if (this.#stopped !== undefined || this.#sent < this.#most) return this.#stopped;
    return { reason: `${this.#most} requests have been sent`, remedy: 'Allow more with --max-requests.' };
  }

  /** Allows no more requests. */
  stop(untried: Untried): void {
    this.#stopped ??= untried;
  }

  /** Waits for the turn of a request. @returns whether it may be sent */
  async turn(): Promise<boolean> {
    if (this.stopped !== undefined) return false;
    this.#sent++;
    const now = performance.now();
    this.#next = Math.max(this.#next, now) + this.#interval;
    const wait = this.#next - this.#interval - now;
    if (wait > 0) await sleep(wait);
    if (this.#stopped === undefined) return true;
    this.#sent--;
    return false;
  }
}
