import fs from 'node:fs';

/**
 * The contents of a regular file. A file of size 0 is not read: the kernel's files have that size, and some of them block, never
 * end, or lose what is read (`/proc/kmsg`).
 *
 * @throws Error if it is not a regular file. Never blocks
 */
export function contentsOf(file: string): Buffer {
  // Merely opening a device may have an effect, such as rewinding a tape.
  if (!fs.statSync(file).isFile()) throw notRegular();
  // If a pipe has replaced the file since, do not wait for its other end.
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const stats = fs.fstatSync(descriptor);
    if (!stats.isFile()) throw notRegular();
    return stats.size === 0 ? Buffer.alloc(0) : fs.readFileSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function notRegular(): Error {
  return new Error('is not a regular file');
}
