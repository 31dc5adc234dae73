import { describe, expect, it } from 'vitest';
import { createCancellation } from '../cancellation.ts';
import type { LanguageModel, ModelRequest } from '../models/languageModel.ts';
import { gardener, mole } from '../testing/characterSheets.ts';
import { askUntil, createAskGroup } from './asking.ts';

const QUESTION = {
  role: 'updater' as const,
  task: 'reply',
  promptVersion: 'test',
  prompt: { system: '', messages: [] },
  scene: { pc: gardener, npc: mole, transcript: [], action: 'I wave.', turn: 2 },
  subject: null,
};

/** A turn in which a model is asked that never answers, and goes on writing whoever listens. */
function turn() {
  const requests: ModelRequest[] = [];
  const writing: ((text: string) => void)[] = [];
  const model: LanguageModel = {
    id: 'deaf',
    generate: (request, onText) => {
      requests.push(request);
      writing.push(onText);
      return new Promise(() => undefined);
    },
  };
  const whole = createCancellation();
  const asking = {
    model,
    turn: whole.signal,
    models: {},
    occasion: { sessionId: 's', playerId: 'p', experimentId: null, turn: 2, afterSeq: 3 },
    seedFor: ({ role, task }: Pick<ModelRequest, 'role' | 'task'>) => `seed/${role}/${task}`,
  };
  return { asking, whole, requests, writing };
}

describe('a group of questions', () => {
  it('is cancelled without the rest of the turn', () => {
    const { asking, whole, requests } = turn();
    const group = createAskGroup(asking);
    void group.ask(QUESTION);
    void askUntil(asking, whole.signal)(QUESTION);
    group.cancel();
    group.cancel();
    expect(requests.map(({ cancellation }) => cancellation.aborted)).toEqual([true, false]);
    expect(requests[0]).toMatchObject({ seed: 'seed/updater/reply', occasion: { afterSeq: 3 } });
  });

  it('lets nothing more be asked once it is cancelled, although nothing was outstanding', () => {
    const { asking, requests } = turn();
    const group = createAskGroup(asking);
    group.cancel();
    void group.ask(QUESTION);
    expect(requests.map(({ cancellation }) => cancellation.aborted)).toEqual([true]);
  });

  it('ends with the turn, whether it began before the turn was given up or after it', () => {
    const { asking, whole, requests } = turn();
    const before = createAskGroup(asking);
    void before.ask(QUESTION);
    whole.abort();
    void createAskGroup(asking).ask(QUESTION);
    expect(requests.map(({ cancellation }) => cancellation.aborted)).toEqual([true, true]);
  });

  it('tells nothing more of a text once it is cancelled, even if its model goes on writing', () => {
    const { asking, writing } = turn();
    const seen: string[] = [];
    const group = createAskGroup(asking);
    void group.ask(QUESTION, (textSoFar) => void seen.push(textSoFar));
    writing[0]?.('It');
    group.cancel();
    writing[0]?.('It turns');
    expect(seen).toEqual(['It']);
  });
});
