/** The streams that a command writes to. */
export interface Output {
  /** Writes the results of the command to standard output. */
  out(text: string): void;
  /** Writes messages about the run to standard error. */
  err(text: string): void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
}
