import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { memberOf, scalarText } from '../../src/json.js';
import { faultsOfOverlay } from '../../src/overlay/overlay-document.js';
import { documentCount, fc } from '../fast-check.js';
import { faultyOverlays } from './faulty-overlays.js';
import { schemaOf } from './overlay-schema.js';

const ajv = new Ajv2020({ strict: true });
const byVersion = ([0, 1, 2] as const).map((minor) => ajv.compile(schemaOf(minor)));

/** Whether the schema of the version that an overlay says it has, or else the newest one, calls it valid. */
function isValidBySchema(overlay: unknown): boolean {
  const minor = Number(scalarText(memberOf(overlay, 'overlay')).split('.')[1]);
  return (byVersion[minor] ?? byVersion[2])?.(overlay) === true;
}

test('an overlay is called faulty exactly where the schema of its version calls it invalid', () => {
  const counts = { valid: 0, faulty: 0 };
  fc.assert(
    fc.property(faultyOverlays, (overlay) => {
      const faults = [...faultsOfOverlay(overlay)];
      const isValid = isValidBySchema(overlay);
      counts[isValid ? 'valid' : 'faulty']++;
      expect({ overlay, faults, isValid: faults.length === 0 }).toEqual({ overlay, faults, isValid });
    }),
    { numRuns: documentCount },
  );
  expect(Math.min(counts.valid, counts.faulty)).toBeGreaterThan(documentCount / 10);
});
