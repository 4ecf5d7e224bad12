import { isObject, scalarText } from '../json.js';
import { isOpenApi, isSwagger } from '../model/specification-version.js';
import type { Problem } from '../problem.js';
import type { TextFile } from './text-file.js';

/**
 * What a file is: a description; what seems to be meant for one, and is none since its version is missing, mistyped or unknown,
 * or its text broken; or something else.
 */
export type Recognition = 'description' | 'mistaken' | 'other';

/** What every description mentions, letters written as escapes included; and what is in those whose version is mistyped. */
const mention = /openapi|swagger|\\(?:x|u00|U000000)[67]|\b(?:paths|webhooks)["']?[ \t]*:/i;

/**
 * Whether a text has to be read to know whether it is an OpenAPI description. Of what is none, it may say so too; of one, never
 * that it is not.
 *
 * @param text or its bytes in Latin-1; were it in UTF-16, which is to be complained of, too
 */
export function mayBeDescription(text: string): boolean {
  return mention.test(withoutNulls(text));
}

/** Whether a text that cannot be read says that it is an OpenAPI description, as far as a glance tells. */
export function claimsToBeDescription(text: string): boolean {
  return /\b(?:openapi|swagger)["']?\s*:\s*(?:[&!]\S*\s+)*["']?[23]/.test(withoutNulls(text));
}

function withoutNulls(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

/** Whether a file says that it is an OpenAPI description. */
export function isDescription({ data }: TextFile): boolean {
  return isSwagger(data) || isOpenApi(data);
}

/** What a file is. */
export function recognised(file: TextFile): Recognition {
  if (isDescription(file)) return 'description';
  const isMistaken = file.isBroken ? claimsToBeDescription(file.text) : isMeantAsDescription(file.data);
  return isMistaken ? 'mistaken' : 'other';
}

/**
 * What is wrong with a file that is no description, at its version if it has one.
 *
 * @returns the mistakes in its text, if there are any: what it would be without them is not known
 */
export function whyNoDescription(file: TextFile): readonly Problem[] {
  if (file.isBroken) return file.problems;
  const key = versionKeyIn(file.data);
  const path = key === undefined ? [] : [key];
  const [range = file.rangeOf({ start: 0, end: 0 })] = key === undefined ? [] : file.rangesOf([path]);
  const message = `Not an OpenAPI description: ${reasonIn(file.data, key)}`;
  return [...file.problems, { code: 'unrecognized-format', message, file: file.uri, path, range }];
}

/** What a description says that it is. */
const wanted = '`openapi: 3.0.3` or the like (or `swagger: "2.0"`)';

function reasonIn(data: unknown, key: string | undefined): string {
  if (data === undefined || data === null) return `it is empty, where ${wanted} is expected.`;
  if (!isObject(data)) return `it is no object, which would begin with ${wanted}.`;
  if (key === undefined) return `it does not say ${wanted} at its top.`;
  const version = scalarText(data[key]);
  if (key === 'openapi' || key === 'swagger') return `its version is ${version}, where ${wanted} is expected.`;
  return `it says \`${key}: ${version}\`, where ${wanted} is expected.`;
}

/** How the version of something is written. */
const version = /^v?\d+(?:[.,]\d+)*$/i;

/** The formats that have the same fields, and say by another one which they are. */
const relatives = ['asyncapi', 'arazzo', 'overlay', 'swaggerVersion'];

/** The name of the member that says the version, or was to say it. */
function versionKeyIn(data: unknown): string | undefined {
  if (!isObject(data) || relatives.some((name) => Object.hasOwn(data, name))) return undefined;
  const keys = Object.keys(data).filter((key) => version.test(scalarText(data[key]).trim()));
  return keys.find((key) => /^(?:openapi|swagger)$/i.test(key.replaceAll(/[^a-z]/gi, ''))) ?? keys[0];
}

/** Whether an object that does not say that it is an OpenAPI description was meant to: it has its version, or its paths. */
function isMeantAsDescription(data: unknown): boolean {
  if (!isObject(data) || relatives.some((name) => Object.hasOwn(data, name))) return false;
  const key = versionKeyIn(data);
  const letters = key?.replaceAll(/[^a-z]/gi, '').toLowerCase();
  // Nobody has a mistake in mind who describes an API in Swagger 1.
  if (letters === 'openapi' || letters === 'swagger') return !scalarText(data[key ?? '']).startsWith('1');
  const paths = data['paths'];
  const hasPaths = isObject(paths) && Object.keys(paths).some((path) => path.startsWith('/'));
  return (
    (hasPaths && (isObject(data['info']) || key !== undefined)) ||
    (isObject(data['webhooks']) && isObject(data['info']))
  );
}
