import { type Exchange, isSuccess, selecting, selectionOf } from './exchange.js';

/** How many URLs are remembered, and how long one may be. */
const mostUrls = 2000;
const longestUrl = 4096;

/** How many answers to one URL are remembered, each to another kind of request. */
const mostAnswers = 6;

/** The fields that are remembered: those that rules compare. */
const remembered: readonly string[] = selecting.concat(
  ['ETag', 'Last-Modified', 'Date', 'Cache-Control', 'Content-Location', 'Expires', 'Vary'],
  ['Content-Encoding', 'Content-Language', 'Content-Length', 'Content-Type'],
);

/** The latest successful answers to GET. Memory is bounded: the URL that was last asked for the longest ago is forgotten first. */
export class Memory {
  readonly #answers = new Map<string, Exchange[]>();

  /** The answers to earlier GETs of the URL of an exchange, the latest first. */
  before({ url }: Exchange): readonly Exchange[] {
    return this.#answers.get(url.href) ?? [];
  }

  /** Remembers a successful GET, in place of an earlier one that asked for the same representation. */
  note(exchange: Exchange): void {
    const { href } = exchange.url;
    if (exchange.method !== 'GET' || !isSuccess(exchange) || href.length > longestUrl) return;
    const selection = selectionOf(exchange);
    const others = this.before(exchange).filter((other) => selectionOf(other) !== selection);
    const { request, response } = exchange;
    const short = { ...exchange, request: request.only(remembered), response: response.only(remembered) };
    this.#answers.delete(href);
    this.#answers.set(href, [short, ...others].slice(0, mostAnswers));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > mostUrls && oldest !== undefined) this.#answers.delete(oldest);
  }
}
