import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRemote } from './address.js';
import { attempt, Documents, unescaped } from './documents.js';
import type { Network } from './network.js';
import { readTextFile } from './reading.js';
import { TextFile } from './text-file.js';

/** The files of some descriptions, each read once. Follows `$ref`s from file to file; fetches from the network only on request. */
export class Workspace extends Documents {
  readonly #network: () => Promise<Network>;

  /**
   * @param unsaved the texts of files whose contents on disk do not count
   * @param network loads what fetches documents, within its limits
   */
  constructor(unsaved: (file: string) => string | undefined = () => undefined, network = networkOnDemand()) {
    super({
      addressesOf: addressesOfReference,
      read: (address) => (isRemote(address) ? undefined : attempt(() => readFrom(address, unsaved(address)))),
      whyNoAddress,
    });
    this.#network = network;
  }

  /** Fetches the {@link missing} documents, which are all on the network. Those that cannot be fetched are {@link unreadable} afterwards. */
  async fetchRemote(): Promise<void> {
    for (const [address, document] of await (await this.#network()).fetchAll(this.missing)) this.put(address, document);
  }
}

/** Loads the network at its first use: Node's modules for it take a fifth of the time that it takes to lint a small file. */
export function networkOnDemand(): () => Promise<Network> {
  let network: Promise<Network> | undefined;
  return () => (network ??= import('./network.js').then((module) => new module.Network()));
}

function readFrom(path: string, unsaved: string | undefined): TextFile {
  return unsaved === undefined ? readTextFile(path) : new TextFile(path, unsaved);
}

function whyNoAddress(base: string | null): string | undefined {
  // A document that was never saved has no folder, so its relative references are not wrong.
  const isSaved = base !== null && (isAbsolute(base) || isRemote(base));
  return isSaved ? 'it names neither a file nor a document on the network' : undefined;
}

/**
 * Resolves a `$ref` to the places that it may name, of which the first that exists counts. A `$ref` is a URI, in which a space is
 * `%20` (RFC 3986 §2.1); but people often write file names as they are, even with a `%`, and Spectral reads them so.
 *
 * @param reference the part of the `$ref` before `#`
 * @param base the path or address of its document
 * @returns absolute paths, or a URL; none if it is neither a file nor on the network
 */
export function addressesOfReference(reference: string, base: string | null): readonly string[] {
  if (isRemote(base ?? '') || isRemote(reference) || reference.startsWith('//')) {
    const url = URL.canParse(reference, base ?? '') ? new URL(reference, base ?? '').href : reference;
    return isRemote(url) ? [url] : [];
  }
  if (/^file:\//i.test(reference)) return fileNamed(reference);
  // A document that was never saved has no folder.
  if (base === null || !isAbsolute(base) || /^[a-z][a-z\d+.-]+:/i.test(reference)) return [];
  const folder = dirname(base);
  return [...new Set([reference, unescaped(reference)])].map((name) => resolve(folder, name));
}

/** The path in a `file:` URL (RFC 8089); none if it is on another host, or not a path on this system. */
function fileNamed(url: string): readonly string[] {
  try {
    return [fileURLToPath(url)];
  } catch {
    return [];
  }
}
