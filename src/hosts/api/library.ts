import { Documents, type Library, parsed, unescaped } from '../../files/documents.js';
import { type TextFile, UnreadableFile } from '../../files/text-file.js';
import type { DescriptionInput, ReadDocument } from './types.js';

/** The documents that a caller has, or whose texts the caller's function returns. */
export class CallersDocuments extends Documents {
  readonly #read: ReadDocument | undefined;

  constructor(read: ReadDocument | undefined) {
    super(callersLibrary);
    this.#read = read;
  }

  /**
   * Takes a description.
   *
   * @returns its URI
   * @throws TypeError if it is none of the forms, or cannot be written as JSON
   */
  async add(input: DescriptionInput): Promise<string> {
    const { uri = '', ...given } = typeof input === 'string' ? { text: input } : { ...input };
    if ('text' in given && typeof given.text === 'string') this.put(uri, parsed(uri, given.text));
    else if ('data' in given) this.put(uri, parsed(uri, textOf(given.data)));
    else if ('uri' in Object(input)) this.put(uri, await this.#readAt(uri));
    else throw new TypeError('A description is a text, or an object with `text`, `data` or `uri`.');
    return uri;
  }

  /** The document at a URI, or why it cannot be read. */
  at(uri: string): TextFile | UnreadableFile {
    try {
      return this.read(uri);
    } catch (error) {
      if (error instanceof UnreadableFile) return error;
      throw error;
    }
  }

  /** Whether documents can be read. */
  get canRead(): boolean {
    return this.#read !== undefined;
  }

  /** Reads the {@link missing} documents. */
  async readMissing(): Promise<void> {
    for (const uri of this.missing) this.put(uri, await this.#readAt(uri));
  }

  async #readAt(uri: string): Promise<TextFile | UnreadableFile> {
    if (this.#read === undefined) return new UnreadableFile(uri, 'was not read: pass the option `read`');
    try {
      const text = await this.#read(uri);
      return text === undefined ? new UnreadableFile(uri, 'there is no such document') : parsed(uri, text);
    } catch (error) {
      return new UnreadableFile(uri, error instanceof Error ? error.message : String(error));
    }
  }
}

/** Resolves `$ref`s as URIs. It has no document at once: the caller's function may take its time. */
const callersLibrary: Library = {
  read: () => undefined,
  whyNoAddress: () => 'it is no URI reference',
  addressesOf(reference, base) {
    if (hasScheme(base ?? '') || hasScheme(reference) || reference.startsWith('//')) {
      const absolute = hasScheme(base ?? '') ? (base ?? '') : undefined;
      return URL.canParse(reference, absolute) ? [new URL(reference, absolute).href] : [];
    }
    const names = [reference, unescaped(reference)].map((name) => joined(base ?? '', name));
    return [...new Set(names)];
  },
};

function hasScheme(uri: string): boolean {
  return /^[a-z][a-z\d+.-]*:/i.test(uri);
}

/** A name relative to that of another document. `..` at the beginning stays. */
function joined(base: string, name: string): string {
  const segments: string[] = [];
  const path = name.startsWith('/') ? name : `${base.slice(0, base.lastIndexOf('/') + 1)}${name}`;
  for (const segment of path.split('/')) {
    const above = segments.at(-1);
    if (segment === '.') continue;
    if (segment !== '..' || above === undefined || above === '..') segments.push(segment);
    // Nothing is above the root.
    else if (above !== '') segments.pop();
  }
  return segments.join('/');
}

/** The text of what a parser has read. */
function textOf(data: object): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(data, null, 2) as string | undefined;
  } catch (error) {
    throw new TypeError(`The data of a description must be JSON: ${(error as Error).message}`, { cause: error });
  }
  if (text === undefined) throw new TypeError('The data of a description must be JSON.');
  return text;
}
