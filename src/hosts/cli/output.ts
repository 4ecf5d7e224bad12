/** Where a command writes to. */
export interface Output {
  /** What the command was asked for. */
  out(text: string): void;
  /** What is to be said about that. */
  err(text: string): void;
  /** Whether what the command was asked for is shown to a person at once. */
  readonly isTerminal: boolean;
}
