import fs from 'node:fs';

/**
 * What a regular file holds, as far as it says how much that is. What says that it is empty is taken at its word: the kernel's
 * files do, some of which keep their readers waiting for ever, have no end, or lose what has been read (`/proc/kmsg`).
 *
 * @throws Error that says so where it is no regular file; nothing is waited for
 */
export function contentsOf(file: string, encoding: 'utf8' | 'latin1'): string {
  // To open what is no regular file may do something already, such as rewind a tape.
  if (!fs.statSync(file).isFile()) throw notRegular();
  // Whatever has taken the place of the file by now, nobody has to be at the other end of it.
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const stats = fs.fstatSync(descriptor);
    if (!stats.isFile()) throw notRegular();
    return stats.size === 0 ? '' : fs.readFileSync(descriptor, encoding);
  } finally {
    fs.closeSync(descriptor);
  }
}

function notRegular(): Error {
  return new Error('is no regular file');
}
