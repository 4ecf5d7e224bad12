import { type Exchange, isSuccess, selectionOf } from './exchange.js';

/** How many URLs are remembered, and how long one may be. */
const mostUrls = 2000;
const longestUrl = 4096;

/** How many answers to one URL are remembered, each to another kind of request. */
const mostAnswers = 6;

/** The fields that are remembered: those that rules compare. */
const remembered = [
  'Accept Accept-Encoding Accept-Language Authorization Cookie',
  'ETag Last-Modified Date Cache-Control Content-Location Expires Vary Content-Encoding Content-Language Content-Length Content-Type',
].flatMap((names) => names.split(' '));

/** The latest successful answers to GET, in bounded memory: URLs that were not asked for long are forgotten. */
export class Memory {
  readonly #answers = new Map<string, Exchange[]>();

  /** The answers to earlier GETs of the URL of an exchange, the latest first. */
  before({ url }: Exchange): readonly Exchange[] {
    return this.#answers.get(url.href) ?? [];
  }

  /** Takes note of an exchange, instead of the earlier one of the same kind. */
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
