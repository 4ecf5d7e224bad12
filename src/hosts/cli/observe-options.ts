import { severities } from '../../guidelines/citation.js';
import { oneOf } from './arguments.js';
import { Failure } from './failure.js';
import { formatNames } from './formats/formats.js';

/** Reads the address of a server. */
function serverIn(text: string): URL {
  if (!URL.canParse(text))
    throw new Failure(`--server: expected the address of a server, such as https://api.example.com/v1.`);
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol))
    throw new Failure(`--server: expected an address that begins with http:// or https://.`);
  if (url.username !== '' || url.password !== '')
    throw new Failure(`--server: leave out the user name and the password, which are never needed.`);
  if (url.search !== '' || url.hash !== '') throw new Failure(`--server: leave out what follows the path.`);
  return url;
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
    help: 'the address of the server, instead of those in the description',
  },
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
    read: (text: string) => oneOf(formatNames, 'format', text),
    help: 'one of the formats of `lint`. Default: code-frame',
  },
  output: { type: 'string', short: 'o', value: 'FILE', help: 'write to a file' },
  'fail-severity': {
    type: 'string',
    short: 'F',
    value: 'LEVEL',
    read: (text: string) => oneOf(severities, 'severity', text),
    help: 'the least severity that exits with 1: error (default), warn, info or hint',
  },
  quiet: { type: 'boolean', short: 'q', help: 'show only findings and errors' },
} as const;
