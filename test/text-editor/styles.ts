import { fc } from '../fast-check.js';
import type { Style } from './printer.js';

/** A share that is zero half of the time, so that most texts combine few features. */
const upTo = (most: number) => fc.oneof(fc.constant(0), fc.double({ min: 0, max: most, noNaN: true }));

/** The syntax that people commonly write. */
const ordinary = {
  seed: fc.integer(),
  comments: upTo(0.4),
  emptyLines: upTo(0.4),
  flow: upTo(1),
  quotes: upTo(1),
  blockScalars: upTo(1),
  folds: upTo(1),
  anchors: fc.constant(0),
  merges: fc.constant(0),
  oddities: fc.constant(0),
  lineBreaks: fc.constantFrom(['\n'], ['\r\n'], ['\n', '\r\n'], ['\n', '\n', '\n', '\r\n'], ['\n', '\r\n', '\r']),
  mark: fc.boolean(),
  finalNewline: fc.boolean(),
  documentMarkers: fc.boolean(),
  step: fc.constantFrom(2, 4),
  dashes: fc.constantFrom('indented', 'not', 'mixed'),
} satisfies { [Key in keyof Style]: fc.Arbitrary<Style[Key]> };

export const blockStyle: fc.Arbitrary<Style> = fc.record({ ...ordinary, flow: fc.constant(0) });
export const commonStyle: fc.Arbitrary<Style> = fc.record(ordinary);

/** Everything that the grammar of YAML allows. */
export const anyStyle: fc.Arbitrary<Style> = fc.record({
  ...ordinary,
  anchors: upTo(0.5),
  merges: upTo(0.5),
  oddities: upTo(0.5),
  step: fc.constantFrom(0, 1, 2, 3, 4, 8),
});
