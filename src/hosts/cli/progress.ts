/** A progress bar. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

const none: Progress = { update: () => {}, stop: () => {} };

/**
 * A progress bar on standard error. It shows nothing with `--quiet`, outside a terminal, in CI or for a single file.
 *
 * @param total the number of files
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
