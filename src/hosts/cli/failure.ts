import { visible } from '../../visible-text.js';

/** Something that the user has to know before anything can be done: said without a stack trace, and the command ends with 2. */
export class Failure extends Error {
  override readonly name = 'Failure';

  /** @param message one line, whatever is in the names in it */
  constructor(message: string) {
    super(visible(message));
  }
}

/** The exit codes of the command. */
export const exitCodes = { done: 0, found: 1, failed: 2 } as const;
