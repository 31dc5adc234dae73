import { describe, expect, it } from 'vitest';
import { createGate } from './gate.ts';

describe('the gate in front of the engine', () => {
  it('lets exclusive work begin only after shared work has ended, and holds back what comes later', async () => {
    const gate = createGate();
    const steps: string[] = [];
    const first = Promise.withResolvers<void>();
    const early = gate.shared(async () => {
      await first.promise;
      steps.push('early');
    });
    const alone = gate.exclusive(async () => {
      steps.push('alone begins');
      await Promise.resolve();
      steps.push('alone ends');
    });
    const late = gate.shared(() => Promise.resolve(steps.push('late')));
    first.resolve();
    await Promise.all([early, alone, late]);
    expect(steps).toEqual(['early', 'alone begins', 'alone ends', 'late']);
  });

  it('opens again after exclusive work has failed', async () => {
    const gate = createGate();
    await expect(gate.exclusive(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(gate.shared(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });

  it('is idle only when everything under way has ended', async () => {
    const gate = createGate();
    const work = Promise.withResolvers<void>();
    let ended = false;
    void gate.shared(() => work.promise).then(() => (ended = true));
    const idle = gate.idle();
    work.resolve();
    await idle;
    await Promise.resolve();
    expect(ended).toBe(true);
  });
});
