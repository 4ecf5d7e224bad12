import { isAscii, isUtf8, transcode } from 'node:buffer';
import { contentsOf } from './regular-file.js';
import { TextFile, UnreadableFile } from './text-file.js';

/**
 * Reads a file.
 *
 * @param file an absolute path
 * @throws UnreadableFile if it is missing, not a regular file, not in UTF-8, or neither JSON nor YAML
 */
export function readTextFile(file: string): TextFile {
  return new TextFile(file, readUtf8(file));
}

function readUtf8(file: string): string {
  try {
    return decoded(file, contentsOf(file));
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(file, reasonOf(error));
  }
}

/**
 * Decodes UTF-8.
 *
 * @param file where the bytes come from
 * @throws UnreadableFile if they are not UTF-8
 */
export function decoded(file: string, bytes: Buffer): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw new UnreadableFile(file, 'is encoded in UTF-16: save it in UTF-8');
  if (!isUtf8(bytes)) throw new UnreadableFile(file, 'is not encoded in UTF-8');
  if (isAscii(bytes)) return bytes.toString('latin1');
  return bytes.length < large ? bytes.toString() : transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}

/** The number of bytes above which Node decodes UTF-8 much more slowly than it converts it to UTF-16, in which texts are kept. */
const large = 100_000;

/** Messages by the operating system's error codes. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a folder',
  ENOTDIR: 'no such folder',
  ELOOP: 'symbolic links form a loop',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reported an error',
  ERR_STRING_TOO_LONG: 'is too large',
  ERR_FS_FILE_TOO_LARGE: 'is too large',
};

/** A short message for an error of the operating system. */
export function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}
