import { visible } from '../../visible-text.js';

/** An error that the user can correct. The command prints its message without a stack trace and exits with 2. */
export class Failure extends Error {
  override readonly name = 'Failure';

  /** @param message control characters in it, such as line breaks in file names, are escaped */
  constructor(message: string) {
    super(visible(message));
  }
}

/** The exit codes of the command. */
export const exitCodes = { done: 0, found: 1, failed: 2 } as const;
