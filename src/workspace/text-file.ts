import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { parseWithPointers } from '@stoplight/yaml';
import type { Source } from '../contract/place.js';
import { jsonOf } from '../edit/json-syntax.js';

/** A file that cannot be taken for a description or a part of one, and why. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly file: string;
  /** Where the fault is, counted from 1, if it is in one place. */
  readonly position: { readonly line: number; readonly column: number } | undefined;

  constructor(file: string, reason: string, position?: { readonly line: number; readonly column: number }) {
    super(reason);
    this.file = file;
    this.position = position;
  }
}

/** A file of a description, as it was read. */
export interface TextFile extends Source {
  /** Its absolute path. */
  readonly uri: string;
  /** What it holds, a byte order mark included. */
  readonly text: string;
  /** Whether it is JSON, rather than YAML. */
  readonly isJson: boolean;
  /** What it says; of a file that is being fixed, what it is to say. */
  data: unknown;
}

/**
 * Reads a file as JSON or YAML; which of the two is told by what is in it.
 *
 * @param file an absolute path
 * @throws UnreadableFile where it is missing, no regular file, not encoded in UTF-8, or neither JSON nor YAML
 */
export function readTextFile(file: string): TextFile {
  const text = textIn(file, bytesOf(file));
  const json = jsonOf(text);
  return { uri: file, text, isJson: json !== undefined, data: json === undefined ? yamlIn(file, text) : json.data };
}

function bytesOf(file: string): Buffer {
  try {
    if (!statSync(file).isFile()) throw new UnreadableFile(file, 'is no regular file');
    return readFileSync(file);
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(file, reasonOf(error));
  }
}

/** What the operating system said, in a few words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return message;
}

function textIn(file: string, bytes: Buffer): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw new UnreadableFile(file, 'is encoded in UTF-16: save it in UTF-8');
  if (!isUtf8(bytes)) throw new UnreadableFile(file, 'is not encoded in UTF-8');
  return bytes.toString('utf8');
}

/** Reads YAML as Spectral does, which takes a mistake here and there for what was meant. */
function yamlIn(file: string, text: string): unknown {
  const { data, diagnostics } = parseWithPointers(text.replace(/^\uFEFF/, ''), { mergeKeys: true });
  const fault = diagnostics.find(({ severity, message }) => severity === 0 && !/duplicate/i.test(message));
  if (fault === undefined) return data;
  const { line, character } = fault.range.start;
  throw new UnreadableFile(file, `is neither JSON nor YAML: ${fault.message}`, {
    line: line + 1,
    column: character + 1,
  });
}
