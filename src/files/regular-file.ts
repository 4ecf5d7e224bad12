import fs from 'node:fs';

/**
 * The contents of a regular file. A file of size 0 is not read: the kernel's files have that size, and some of them block, never
 * end, or lose what is read (`/proc/kmsg`).
 *
 * @throws Error if it is not a regular file. Never blocks
 */
export function contentsOf(file: string): Buffer {
  return reading(file, (descriptor, size) => (size === 0 ? Buffer.alloc(0) : fs.readFileSync(descriptor)));
}

/** How much of a file is read at a time, in bytes. */
const pieceSize = 2 ** 20;

let piece: Buffer | undefined;

/**
 * Reads a regular file in pieces, all into the same memory: for thousands of files, that is much faster than {@link contentsOf}.
 *
 * @param take gets each piece, which is overwritten afterwards
 * @throws Error as {@link contentsOf} does
 */
export function readInPieces(file: string, take: (piece: Buffer) => void): void {
  const memory = (piece ??= Buffer.allocUnsafeSlow(pieceSize));
  reading(file, (descriptor, size) => {
    if (size === 0) return;
    for (let read = 1; read > 0;) {
      read = fs.readSync(descriptor, memory, 0, pieceSize, null);
      take(memory.subarray(0, read));
    }
  });
}

/** Opens a regular file, reads it with a function, and closes it. */
function reading<T>(file: string, read: (descriptor: number, size: number) => T): T {
  // Merely opening a device may have an effect, such as rewinding a tape.
  if (!fs.statSync(file).isFile()) throw notRegular();
  // If a pipe has replaced the file since, do not wait for its other end.
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const stats = fs.fstatSync(descriptor);
    if (!stats.isFile()) throw notRegular();
    return read(descriptor, stats.size);
  } finally {
    fs.closeSync(descriptor);
  }
}

function notRegular(): Error {
  return new Error('is not a regular file');
}
