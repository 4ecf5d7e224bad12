import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../src/catalogue.js';
import { check } from '../src/check.js';
import { Description } from '../src/model/description.js';
import { discharge } from '../src/obligation.js';
import { applyPatch } from '../src/patch.js';
import { read } from './files.js';
import { sourcesInMemory } from './sources-in-memory.js';

/** Copies of a document, each with an odd value in one place. */
function* mutantsOf(document: unknown): Generator<unknown> {
  const odd: unknown[] = [
    null,
    0,
    true,
    '',
    'text',
    [],
    [null],
    {},
    { a: null },
    { $ref: '#' },
    { $ref: '#/nowhere' },
    { $ref: 1 },
    { toString: 1, valueOf: 1 },
  ];
  for (const path of pathsOf(document)) {
    for (const value of odd) {
      const mutant = structuredClone(document);
      const parent = path.slice(0, -1).reduce<unknown>((here, key) => (here as Record<string, unknown>)[key], mutant);
      (parent as Record<string, unknown>)[path.at(-1) ?? ''] = value;
      yield mutant;
    }
  }
}

function* pathsOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) yield* pathsOf(child, [...path, key]);
}

test.each(['orders', 'not-modified-storable/violation', 'cacheable-without-expires/violation', 'conforming-412'])(
  'with any odd value in any place of %s, no rule throws, and every patch can be applied',
  (example) => {
    let mutants = 0;
    for (const mutant of mutantsOf(parse(read(`examples/${example}.yaml`)))) {
      const { root, reader } = sourcesInMemory(mutant);
      const description = new Description(root, reader);
      for (const { violations } of catalogue.flatMap((rule) => check(rule, description))) {
        for (const { obligation } of violations) applyPatch(structuredClone(mutant), discharge(obligation));
      }
      mutants++;
    }
    expect(mutants).toBeGreaterThan(example === 'orders' ? 2000 : 100);
  },
);
