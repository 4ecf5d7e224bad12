import { expect, test } from 'vitest';
import { Pace } from '../../src/asking/pace.js';

test('requests go no faster than allowed, however many wait', async () => {
  const pace = new Pace(50, 100);
  const start = performance.now();
  const turns = await Promise.all(Array.from({ length: 6 }, () => pace.turn()));
  expect(turns).toEqual([true, true, true, true, true, true]);
  // Five waits of 20 ms. A timer may round down by 1 ms, and is never early otherwise, however busy the machine is.
  expect(performance.now() - start).toBeGreaterThan(5 * 20 - 2);
});

test('no more go than allowed, and each that was allowed goes', async () => {
  const pace = new Pace(1e6, 3);
  expect(await Promise.all(Array.from({ length: 5 }, () => pace.turn()))).toEqual([true, true, true, false, false]);
  expect(pace.sent).toBe(3);
  expect(pace.stopped).toEqual({ reason: '3 requests have been sent', remedy: 'Allow more with --max-requests.' });
});

test('after a stop none goes, not even one that waits for its turn', async () => {
  const pace = new Pace(50, 100);
  const turns = [pace.turn(), pace.turn()];
  const untried = { reason: 'stopped', remedy: 'wait' };
  await turns[0];
  pace.stop(untried);
  expect(await Promise.all([...turns, pace.turn()])).toEqual([true, false, false]);
  expect([pace.sent, pace.stopped]).toEqual([1, untried]);
});
