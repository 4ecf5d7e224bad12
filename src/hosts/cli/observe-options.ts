import { severities } from '../../guidelines/citation.js';
import { choiceOf } from './arguments.js';
import { Failure } from './failure.js';
import { formatNames } from './formats/formats.js';

/** The most that a number among the options may be. */
const most = 1e6;

/** Reads a number greater than 0. */
function numberIn(option: string): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!(number > 0 && number <= most))
      throw new Failure(`--${option} ${text}: expected a number greater than 0, and at most ${most}.`);
    return number;
  };
}

/** Reads the address of a server. */
function serverIn(text: string): URL {
  if (!URL.canParse(text))
    throw new Failure(`--server: expected the address of a server, such as https://api.example.com/v1.`);
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol))
    throw new Failure(`--server: expected an address that begins with http:// or https://.`);
  if (url.username !== '' || url.password !== '')
    throw new Failure(`--server: leave out the user name and the password, and pass --header 'Authorization: …'.`);
  if (url.search !== '' || url.hash !== '') throw new Failure(`--server: leave out the query and the fragment.`);
  return url;
}

/** Reads `name=value`. */
function parameterIn(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Failure(`--param ${text}: expected a name and a value, such as --param orderId=1.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Reads `Name: value`. What is wrong is said without the value, which may be a secret. */
function headerIn(text: string): readonly [name: string, value: string] {
  const [, name = '', value = ''] =
    /^([\w!#$%&'*+.^`|~-]+):[ \t]*(?![ \t])([\x20-\x7e\t\u{80}-\u{ff}]+)$/u.exec(text) ?? [];
  if (name === '') throw new Failure(`--header: expected a field, such as 'Accept-Language: de'.`);
  if (/^(?:if-|accept-encoding$|connection$|host$|content-length$|transfer-encoding$)/i.test(name))
    throw new Failure(`--header ${name}: observe sets this field itself.`);
  return [name, value];
}

/** The options of `observe`. */
export const observeOptions = {
  traffic: {
    type: 'string',
    multiple: true,
    value: 'FILE.har',
    help: 'learn from recorded traffic (HAR 1.2), and send nothing; may be repeated',
  },
  server: {
    type: 'string',
    value: 'URL',
    read: serverIn,
    help: 'ask this server, with GET and HEAD only; with --traffic: its address, instead of those in the description',
  },
  param: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    read: parameterIn,
    help: 'a value for parameters with this name, instead of their examples; may be repeated',
  },
  header: {
    type: 'string',
    multiple: true,
    value: "'NAME: VALUE'",
    read: headerIn,
    help: 'a field for each request, such as credentials, which are never printed; may be repeated',
  },
  rate: {
    type: 'string',
    value: 'NUMBER',
    read: numberIn('rate'),
    help: 'send at most so many requests in a second. Default: 10',
  },
  'max-requests': {
    type: 'string',
    value: 'NUMBER',
    read: numberIn('max-requests'),
    help: 'send at most so many requests in all. Default: 1000',
  },
  timeout: {
    type: 'string',
    value: 'SECONDS',
    read: numberIn('timeout'),
    help: 'how long to wait for one answer. Default: 10',
  },
  plan: { type: 'boolean', help: 'print which requests would be sent, and send none' },
  save: { type: 'string', value: 'FILE', help: 'save what was seen, for `fix --observed FILE`' },
  ignore: {
    type: 'string',
    multiple: true,
    value: 'RULE',
    help: 'leave out what this rule finds; may be repeated',
  },
  format: {
    type: 'string',
    short: 'f',
    value: 'FORMAT',
    ...choiceOf(formatNames, 'format'),
    help: 'one of the formats of `lint`. Default: code-frame',
  },
  output: { type: 'string', short: 'o', value: 'FILE', help: 'write to a file' },
  'fail-severity': {
    type: 'string',
    short: 'F',
    value: 'LEVEL',
    ...choiceOf(severities, 'severity'),
    help: 'the least severity that exits with 1: error (default), warn, info or hint',
  },
  quiet: { type: 'boolean', short: 'q', help: 'show only findings and errors' },
} as const;
