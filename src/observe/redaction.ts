import type { Exchange, Fields } from './exchange.js';

/**
 * The fields whose values are shown: those that rules look at. All others may hold secrets (Authorization, Cookie, Set-Cookie, keys of
 * any name), so only their names are shown.
 */
const shownFields = new Set(
  [
    'Accept Accept-Encoding Accept-Language Cache-Control Range',
    'If-Match If-None-Match If-Modified-Since If-Unmodified-Since If-Range',
    'Age Content-Encoding Content-Language Content-Length Content-Range Content-Type Date ETag Expires Last-Modified Vary',
  ].flatMap((names) => names.toLowerCase().split(' ')),
);

/** What stands for a value that is not shown. */
export const hidden = '…';

/** Names of query parameters whose values are secrets. */
const secretName =
  /key|token|secret|pass|pwd|sig|auth|credential|session|jwt|bearer|code|nonce|otp|pin|cookie|csrf|user|mail|hash/i;

/** How many characters a value without spaces may have before it is taken for a key. */
const longestPlain = 24;

/** Whether a value looks like a key rather than like a word, a number or a date. */
function looksSecret(value: string): boolean {
  return (
    value.length > longestPlain ||
    value.startsWith('eyJ') ||
    (value.length >= 16 && /\d/.test(value) && /[a-z]/i.test(value))
  );
}

/** A segment of a path that carries a signed token (RFC 7519), or a long run of letters and digits without a separator. */
const secretSegment = /^eyJ[\w.-]+$|[\w%=+~]{40}/;

/**
 * A URL as it is shown: without user name, password and fragment, and without the values of query parameters that may be secrets.
 */
export function shownUrl(url: URL): string {
  const path = url.pathname
    .split('/')
    .map((segment) => (secretSegment.test(segment) ? hidden : segment))
    .join('/');
  const query = [...url.searchParams].map(([name, value]) => {
    const isSecret = secretName.test(name) || looksSecret(value);
    return `${looksSecret(name) ? hidden : encodeURIComponent(name)}=${isSecret ? hidden : encodeURIComponent(value)}`;
  });
  return `${url.origin}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** The fields as they are shown. */
function shownFieldsOf(fields: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.entries.map(([name, value]) => [name, shownFields.has(name.toLowerCase()) ? value : hidden]),
  );
}

/** An exchange as it is shown beside a finding: plain data without secrets. */
export interface ShownExchange {
  readonly method: string;
  readonly url: string;
  readonly request: Readonly<Record<string, string>>;
  readonly status: number;
  readonly response: Readonly<Record<string, string>>;
}

/** An exchange without secrets. */
export function shownExchange({ method, url, request, status, response }: Exchange): ShownExchange {
  return {
    method,
    url: shownUrl(url),
    request: shownFieldsOf(request),
    status,
    response: shownFieldsOf(response),
  };
}

/** An exchange in one line: what was asked, on which condition, and the answer. */
export function exchangeInWords({ method, url, request, status }: ShownExchange): string {
  const conditions = Object.entries(request).filter(([name]) => /^(?:if-|accept(?:-encoding|-language)?$)/i.test(name));
  const given = conditions.map(([name, value]) => `${name}: ${value}`).join(', ');
  return `${method} ${url}${given === '' ? '' : ` with ${given}`} → ${status}`;
}
