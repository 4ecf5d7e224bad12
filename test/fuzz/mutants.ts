import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { fc } from '../fast-check.js';
import type { Json } from '../../src/json.js';
import { read, root } from '../files.js';
import { printJson, printYaml } from '../text-editor/printer.js';
import { anyStyle } from '../text-editor/styles.js';

const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file): Json => parse(read(join('examples', file))));

const oddNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '$ref',
  '<<',
  '',
  '304',
  '2XX',
  'ETAG',
  'x-',
];

const oddValues: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    1e300,
    '',
    'text',
    '\0',
    '\uD800',
    '😀'.repeat(50),
    'x'.repeat(20_000),
    [],
    [null],
    [[]],
    {},
    { a: null },
    { $ref: '#' },
    { $ref: '#/paths' },
    { $ref: '#/nowhere' },
    { $ref: '' },
    { $ref: 1 },
    { $ref: 'openapi.yaml' },
    { $ref: `${'../'.repeat(20)}etc/passwd` },
    { $ref: 'https://example.com/a.yaml' },
    { $ref: '%%%#/%zz' },
    { toString: 1, valueOf: null, length: -1 },
    { allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#' }] },
    { ETag: {}, etag: null, 'If-Match': [] },
  ),
  fc.integer({ min: 50, max: 400 }).map((depth) => nested(depth)),
  fc
    .integer({ min: 100, max: 2000 })
    .map((count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]))),
);

function nested(depth: number): Json {
  let value: Json = 'x';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** A change of a description. `where` is the number of the place, counted around the document. */
type Mutation = readonly [
  where: number,
  kind: 'replace' | 'remove' | 'rename' | 'copy' | 'add',
  name: string,
  value: Json,
];

const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.nat(),
  fc.constantFrom('replace', 'remove', 'rename', 'copy', 'add'),
  fc.oneof(fc.constantFrom(...oddNames), fc.string({ maxLength: 5 })),
  oddValues,
);

interface Site {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function sitesIn(value: unknown): Site[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...sitesIn(holder[key])]);
}

function set(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function mutated(document: Json, mutations: readonly Mutation[]): Json {
  const mutant = structuredClone(document);
  for (const [where, kind, name, value] of mutations) {
    const sites = sitesIn(mutant);
    const site = sites[where % Math.max(sites.length, 1)];
    if (site === undefined) continue;
    const { holder, key } = site;
    const here = holder[key];
    if (kind === 'replace') set(holder, key, structuredClone(value));
    else if (kind === 'remove') delete holder[key];
    else if (Array.isArray(holder)) holder.push(structuredClone(value));
    else if (kind === 'add') set(holder, name, structuredClone(value));
    else {
      if (kind === 'rename') delete holder[key];
      const other = kind === 'rename' && where % 3 === 0 ? key.toUpperCase() : name;
      set(holder, other, structuredClone(here));
    }
  }
  return mutant;
}

/** A change of a text. Most of the time, it changes nothing. */
const damage: fc.Arbitrary<(text: string) => string> = fc.oneof(
  { weight: 6, arbitrary: fc.constant((text: string) => text) },
  { weight: 1, arbitrary: fc.nat().map((at) => (text: string) => text.slice(0, at % (text.length + 1))) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.nat(),
        fc.constantFrom(
          '\0',
          '\uFEFF',
          '\uD800',
          '\t',
          '"',
          "'",
          '{',
          ']',
          '*a',
          '&a ',
          '!!js/function ',
          '\r',
          '---\n',
          '...\n',
          '%YAML 1.3\n',
        ),
      )
      .map(([at, odd]) => (text: string) => {
        const offset = at % (text.length + 1);
        return text.slice(0, offset) + odd + text.slice(offset);
      }),
  },
  {
    weight: 1,
    // A line that stands twice, which usually makes a duplicate name.
    arbitrary: fc.nat().map((at) => (text: string) => {
      const lines = text.split('\n');
      const line = at % lines.length;
      return lines.toSpliced(line, 0, lines[line] ?? '').join('\n');
    }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(), fc.nat({ max: 40 })).map(([at, length]) => (text: string) => {
      const offset = at % (text.length + 1);
      return text.slice(0, offset) + text.slice(offset + length);
    }),
  },
);

const mutations = fc.array(mutation, { maxLength: 4 });

/** Changed descriptions, as parsed: without the holes that items leave that are removed from lists. */
export const mutatedDocuments: fc.Arbitrary<Json> = fc
  .tuple(fc.constantFrom(...examples), mutations)
  .map(([example, changes]) => JSON.parse(JSON.stringify(mutated(example, changes))) as Json);

/** The texts of changed descriptions, in YAML or JSON. */
export const mutants: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...examples), mutations, anyStyle, fc.boolean(), damage)
  .map(([example, changes, style, isJson, spoil]) => {
    const document = mutated(example, changes);
    return spoil(isJson ? printJson(document, style) : printYaml(document, style));
  });
