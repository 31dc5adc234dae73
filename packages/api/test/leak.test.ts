import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { comeAndGo, growthOf } from './support/comingAndGoing.ts';
import { startMeasuredProcess } from './support/measuredProcess.ts';

/* The long form is `npm run soak -- leak`. */

it('holds nothing of readers who came, began to follow and went, in whatever way', async () => {
  await using server = await startMeasuredProcess();
  const holdings = await comeAndGo(server, {
    visits: 500,
    seed: randomUUID(),
    report: () => undefined,
  });
  const { before, after } = holdings;
  expect(after).toMatchObject({ readers: 0, timers: { once: 0, repeating: before.timers.repeating } });
  expect(growthOf(holdings)).toBeLessThan(0.05);
}, 120_000);
