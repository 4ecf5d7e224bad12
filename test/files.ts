import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The root of the project. */
export const root = dirname(import.meta.dirname);

/** A folder of real descriptions beside the project. They are not part of it, and may be absent. */
export const corpus = join(root, '../shared/corpus');
export const hasCorpus = existsSync(corpus);

/** A real description, and what another program has counted in it. */
export interface CorpusRow {
  /** The path of its entry document below `docs`. */
  readonly entry: string;
  readonly [count: string]: string;
}

/** The real descriptions that another program has counted. */
export function corpusRows(): CorpusRow[] {
  const [head = [], ...rows] = readFileSync(join(corpus, 'expected.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map(
    (cells) => Object.fromEntries(cells.map((cell, index) => [head[index], cell])) as unknown as CorpusRow,
  );
}

/** The text of a file of the project. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The descriptions among the examples, by their paths below `examples`. */
export function exampleDescriptions(): string[] {
  return readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:yaml|json)$/.test(path) && !path.includes('node_modules'))
    .filter((path) => /^\s*["']?(?:openapi|swagger)["']?:/m.test(read(join('examples', path))));
}

/** Makes a new folder with some files in it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Makes a new folder in which the built package and Spectral are installed, with some files in it. */
export function projectWith(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/spectral-conditional-requests'));
  symlinkSync(join(root, 'node_modules/@stoplight'), join(folder, 'node_modules/@stoplight'));
  return folder;
}

/** The text of a response that declares an ETag. */
export const okWithEtag = '{description: ok, headers: {ETag: {schema: {type: string}}}}';

/** A description without its version. The example of its ETag lacks quotation marks. */
export const withBareTag = `info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: ok, headers: {ETag: {schema: {type: string}, example: 33a6}}}
`;

/** A description in several files, whose `$ref`s lead to path items, operations and responses. A 304 is missing in each of these ways. */
export const severalFiles: Readonly<Record<string, string>> = {
  'openapi.yaml': `
openapi: 3.0.3
paths:
  /orders/{id}:
    $ref: 'paths/order.yaml'
  /items:
    $ref: './paths/all.yaml#/items'
  /invoices:
    get:
      $ref: 'paths/all.yaml#/invoices/get'
  /pages:
    get:
      responses:
        '200': {$ref: 'shared/responses.yaml#/Ok'}
        '304': {$ref: 'shared/responses.yaml#/NotModified'}
`,
  'paths/order.yaml': `get:\n  responses:\n    '200': {$ref: '../shared/responses.yaml#/Ok'}\n`,
  'paths/all.yaml': `
items:
  get:
    responses:
      '200': ${okWithEtag}
invoices:
  get:
    responses:
      '200':
        $ref: '../shared/chain.yaml#/Ok'
`,
  'shared/chain.yaml': `Ok:\n  $ref: 'responses.yaml#/Ok'\n`,
  'shared/responses.yaml': `Ok: ${okWithEtag}\nNotModified:\n  description: unchanged\n  content: {text/plain: {}}\n`,
};
