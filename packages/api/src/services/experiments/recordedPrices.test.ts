import { MODEL_ROLES } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { openMemoryStorage } from '../../storage.ts';
import { sampleCall } from '../../store/contract/modelCalls.ts';
import type { ModelCall } from '../../store/ports.ts';
import { recordedPrices } from './recordedPrices.ts';

const NOW = 1_800_000_000_000;
const DAY_MS = 24 * 3_600_000;

const ofPilot = { sessionId: 's', playerId: 'p', experimentId: 'pilot', turn: 2, afterSeq: 3 };

async function pricesAfter(...recorded: readonly Partial<ModelCall>[]) {
  const { modelCalls } = openMemoryStorage().stores;
  await modelCalls.add(recorded.map((over) => sampleCall({ at: NOW - DAY_MS, ...over })));
  return recordedPrices(modelCalls, { experimentId: 'pilot', now: NOW });
}

describe('What calls to models have cost', () => {
  it('is not known where no call was recorded, its cost is not known, or it was long ago', async () => {
    expect(await pricesAfter()).toEqual({});
    expect(await pricesAfter({ costUsd: null }, { at: NOW - 40 * DAY_MS })).toEqual({});
  });

  it('is an average for each role, without calls whose cost is not known', async () => {
    const prices = await pricesAfter(
      { role: 'updater', costUsd: 0.25 },
      { role: 'updater', costUsd: 0.75 },
      { role: 'updater', costUsd: null },
      { role: 'scorer', costUsd: 2 },
    );
    expect(prices).toMatchObject({ updater: 0.5, scorer: 2 });
  });

  it('is what the others cost for roles in which nobody was asked', async () => {
    const prices = await pricesAfter({ role: 'updater', costUsd: 1 }, { role: 'scorer', costUsd: 3 });
    expect(Object.keys(prices).toSorted()).toEqual([...MODEL_ROLES].toSorted());
    expect(prices).toMatchObject({ opener: 2, player: 2 });
  });

  it('is what the experiment itself has paid, as soon as anything is known of that', async () => {
    const others = { costUsd: 8 };
    expect(await pricesAfter(others, { occasion: ofPilot, costUsd: null })).toMatchObject({ updater: 8 });
    const prices = await pricesAfter(others, { occasion: ofPilot, costUsd: 1, at: NOW - 40 * DAY_MS });
    expect(prices).toMatchObject({ updater: 1, opener: 1 });
  });
});
