import { describe, expect, it } from 'vitest';
import { sampleCall } from '../../store/contract/modelCalls.ts';
import { createMemoryStores } from '../../store/memory/stores.ts';
import { createCallFigures } from './callFigures.ts';

/** Calls of an experiment that are counted whenever they are summed up. */
function desk() {
  const { modelCalls } = createMemoryStores();
  let readings = 0;
  const figuresOf = createCallFigures({
    calls: {
      sums: (filter) => {
        readings += 1;
        return modelCalls.sums(filter);
      },
      figures: (filter) => modelCalls.figures(filter),
    },
    clock: { now: () => Date.now() },
  });
  return { modelCalls, figuresOf, readings: () => readings };
}

describe('what the calls of an experiment come to', () => {
  it('is read once for all who ask at the same moment, and for each experiment by itself', async () => {
    const { figuresOf, readings } = desk();
    const [first, second] = await Promise.all([figuresOf('pilot'), figuresOf('pilot')]);
    expect(second).toBe(first);
    expect(readings()).toBe(1);
    await figuresOf('other');
    expect(readings()).toBe(2);
  });

  it('is news again after a while', async () => {
    const { modelCalls, figuresOf } = desk();
    expect((await figuresOf('pilot')).sums).toEqual([]);
    const occasion = { sessionId: 's', playerId: 'p', experimentId: 'pilot', turn: 1, afterSeq: 1 };
    await modelCalls.add([sampleCall({ occasion })]);
    await expect.poll(async () => (await figuresOf('pilot')).sums.length).toBe(1);
  });

  it('is asked for again after a failure', async () => {
    let isAway = true;
    const { modelCalls } = createMemoryStores();
    const figuresOf = createCallFigures({
      calls: {
        sums: (filter) => (isAway ? Promise.reject(new Error('away')) : modelCalls.sums(filter)),
        figures: (filter) => modelCalls.figures(filter),
      },
      clock: { now: () => Date.now() },
    });
    await expect(figuresOf('pilot')).rejects.toThrow('away');
    isAway = false;
    expect((await figuresOf('pilot')).sums).toEqual([]);
  });
});
