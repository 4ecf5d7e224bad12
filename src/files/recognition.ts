import { isObject, scalarText } from '../json.js';
import { isOpenApi, isSwagger } from '../model/specification-version.js';
import type { Problem } from '../problem.js';
import type { TextFile } from './text-file.js';

/**
 * What a file is: a description; `mistaken`, if it seems meant as a description but its version is missing, mistyped or unknown, or
 * its text is broken; or something else.
 */
export type Recognition = 'description' | 'mistaken' | 'other';

/** A word that every description contains, possibly with escaped letters, or that one with a mistyped version contains. */
const mention = /openapi|swagger|\\(?:x|u00|U000000)[67]|\b(?:paths|webhooks)["']?[ \t]*:/i;

/**
 * Whether a text may be an OpenAPI description. A quick test before parsing: it accepts every description, and some other texts.
 *
 * @param text the text, or its bytes as Latin-1. UTF-16 passes too, so that its encoding can be reported
 */
export function mayBeDescription(text: string): boolean {
  return mention.test(withoutNulls(text));
}

/** Whether a text that cannot be parsed seems to say that it is an OpenAPI description. */
export function claimsToBeDescription(text: string): boolean {
  return /\b(?:openapi|swagger)["']?\s*:\s*(?:[&!]\S{0,200}\s{1,200}){0,3}["']?[23]/.test(withoutNulls(text));
}

function withoutNulls(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

/** Whether a file says that it is an OpenAPI description. */
export function isDescription({ data }: TextFile): boolean {
  return isSwagger(data) || isOpenApi(data);
}

export function recognised(file: TextFile): Recognition {
  if (isDescription(file)) return 'description';
  const isMistaken = file.isBroken ? claimsToBeDescription(file.text) : isMeantAsDescription(file.data);
  return isMistaken ? 'mistaken' : 'other';
}

/**
 * Why a file is not a description, at its version if it has one.
 *
 * @returns only the errors in its text, if there are any: without them, it might be a description
 */
export function whyNoDescription(file: TextFile): readonly Problem[] {
  if (file.isBroken) return file.problems;
  const key = isOverlay(file.data) ? 'overlay' : versionKeyIn(file.data);
  const path = key === undefined ? [] : [key];
  const [range = file.rangeOf({ start: 0, end: 0 })] = key === undefined ? [] : file.rangesOf([path]);
  const message = `Not an OpenAPI description: ${reasonIn(file.data, key)}`;
  return [...file.problems, { code: 'unrecognized-format', message, file: file.uri, path, range }];
}

/** Whether some data says that it is an OpenAPI Overlay. */
export function isOverlay(data: unknown): boolean {
  return isObject(data) && scalarText(data['overlay']).startsWith('1.') && Array.isArray(data['actions']);
}

/** What messages say a description needs. */
const wanted = '`openapi: 3.0.3`, another 3.x version, or `swagger: "2.0"`';

function reasonIn(data: unknown, key: string | undefined): string {
  if (key === 'overlay')
    return 'it is an OpenAPI Overlay, which changes one: name the description, and this file with --overlay.';
  if (data === undefined || data === null) return `it is empty; expected ${wanted}.`;
  if (!isObject(data)) return `it is not an object; expected one with ${wanted}.`;
  if (key === undefined) return `it does not say ${wanted} at its top.`;
  const version = scalarText(data[key]);
  if (key === 'openapi' || key === 'swagger') return `its version is ${version}; expected ${wanted}.`;
  return `it says \`${key}: ${version}\`; expected ${wanted}.`;
}

/** A version number. */
const version = /^v?\d+(?:[.,]\d+)*$/i;

/** The version fields of other formats that share fields with OpenAPI. */
const relatives = ['asyncapi', 'arazzo', 'overlay', 'swaggerVersion'];

/** The name of the member that states the version, or seems meant to. */
function versionKeyIn(data: unknown): string | undefined {
  if (!isObject(data) || relatives.some((name) => Object.hasOwn(data, name))) return undefined;
  const keys = Object.keys(data).filter((key) => version.test(scalarText(data[key]).trim()));
  return keys.find((key) => /^(?:openapi|swagger)$/i.test(key.replaceAll(/[^a-z]/gi, ''))) ?? keys[0];
}

/** Whether an object seems meant as an OpenAPI description: it has a mistyped version, or paths. */
function isMeantAsDescription(data: unknown): boolean {
  if (!isObject(data) || relatives.some((name) => Object.hasOwn(data, name))) return false;
  const key = versionKeyIn(data);
  const letters = key?.replaceAll(/[^a-z]/gi, '').toLowerCase();
  // Swagger 1 is not a mistake, but a format that this tool does not read.
  if (letters === 'openapi' || letters === 'swagger') return !scalarText(data[key ?? '']).startsWith('1');
  const paths = data['paths'];
  const hasPaths = isObject(paths) && Object.keys(paths).some((path) => path.startsWith('/'));
  return (
    (hasPaths && (isObject(data['info']) || key !== undefined)) ||
    (isObject(data['webhooks']) && isObject(data['info']))
  );
}
