import { withoutPasswords } from './address.js';
import { decoded, TextFile, UnreadableFile } from './text-file.js';

/** Limits on what is fetched. */
export interface NetworkLimits {
  /** The longest time for one document, redirects included, in milliseconds. */
  readonly patience: number;
  /** The longest time for all documents together, in milliseconds. */
  readonly patienceForAll: number;
  /** The most bytes for all documents together, after decompression. */
  readonly bytes: number;
  /** How many documents are fetched at a time. */
  readonly atOnce: number;
}

const usualLimits: NetworkLimits = { patience: 30_000, patienceForAll: 300_000, bytes: 200e6, atOnce: 6 };

/** Fetches documents within limits, because the servers may be hostile. */
export class Network {
  readonly #limits: NetworkLimits;
  #bytesLeft: number;
  #end: number | undefined;

  constructor(limits: NetworkLimits = usualLimits) {
    this.#limits = limits;
    this.#bytesLeft = limits.bytes;
  }

  /** Fetches documents. @returns for each address the document, or why it cannot be fetched */
  async fetchAll(addresses: readonly string[]): Promise<Map<string, TextFile | UnreadableFile>> {
    this.#end ??= performance.now() + this.#limits.patienceForAll;
    const documents = new Map<string, TextFile | UnreadableFile>();
    const queue = [...addresses];
    const work = async () => {
      for (let address = queue.shift(); address !== undefined; address = queue.shift())
        documents.set(address, await this.#fetched(address));
    };
    await Promise.all(Array.from({ length: this.#limits.atOnce }, work));
    return documents;
  }

  async #fetched(address: string): Promise<TextFile | UnreadableFile> {
    const { username, password } = new URL(address);
    if (username !== '' || password !== '')
      return new UnreadableFile(address, 'contains a user name or a password: only public documents are fetched');
    const patience = Math.min(this.#limits.patience, (this.#end ?? 0) - performance.now());
    if (patience < 1) return new UnreadableFile(address, 'was not fetched: the other documents took too long');
    try {
      return new TextFile(address, decoded(address, await this.#bytesAt(address, patience)));
    } catch (error) {
      if (error instanceof UnreadableFile) return error;
      const { message, cause } = error as Error;
      return new UnreadableFile(address, withoutPasswords(cause instanceof Error ? cause.message : message));
    }
  }

  /** @param patience in milliseconds */
  async #bytesAt(address: string, patience: number): Promise<Buffer> {
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    // The timer keeps the process alive even if the connection is lost, and ends without its help.
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new UnreadableFile(address, `did not arrive within ${Math.ceil(patience / 1000)} seconds`));
      }, Math.ceil(patience));
    });
    try {
      return await Promise.race([this.#read(address, controller.signal), expired]);
    } finally {
      clearTimeout(timer);
      controller.abort();
    }
  }

  async #read(address: string, signal: AbortSignal): Promise<Buffer> {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new UnreadableFile(address, `the server answers ${response.status}`);
    this.#checkSize(address, Number(response.headers.get('content-length') ?? 0));
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body ?? []) {
      this.#checkSize(address, chunk.length);
      this.#bytesLeft -= chunk.length;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  #checkSize(address: string, bytes: number): void {
    if (bytes <= this.#bytesLeft) return;
    const most = this.#limits.bytes / 1e6;
    throw new UnreadableFile(address, `is too large: ${most} MB may be fetched for all documents together`);
  }
}
