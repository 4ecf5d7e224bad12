/** A bar that shows how much is done. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

const none: Progress = { update: () => {}, stop: () => {} };

/**
 * A progress bar on standard error; none where nobody watches, or where it would be gone in a moment.
 *
 * @param total how much there is to do
 */
export async function progressOf(total: number, quiet: boolean): Promise<Progress> {
  const isWatched = process.stderr.isTTY && process.env['CI'] === undefined;
  if (quiet || !isWatched || total < 2) return none;
  const { default: cliProgress } = await import('cli-progress');
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value} of {total} files',
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(total, 0);
  return bar;
}
