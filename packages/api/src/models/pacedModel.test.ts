import { ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelRequest } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { createPacedModel } from './pacedModel.ts';

const TEXT = 'The  octopus turns\n\npale.';

const model: LanguageModel = {
  id: 'scripted',
  generate: async (_request, onText) => {
    onText('all at once');
    return { text: TEXT, model: 'scripted' };
  },
};

function requestFor(
  role: ModelRequest['role'],
): Pick<ModelRequest, 'role' | 'cancellation'> & { abort(): void } {
  const controller = new AbortController();
  return { role, cancellation: controller.signal, abort: () => controller.abort() };
}

const ask = (role: ModelRequest['role']) => requestFor(role) as ReturnType<typeof requestFor> & ModelRequest;

describe('a paced model', () => {
  it('shows a reply word by word and answers with the whole of it', async () => {
    const timers = manualTimers();
    const shown: string[] = [];
    const reply = createPacedModel(model, { msPerWord: 20, timers }).generate(ask('updater'), (text) =>
      shown.push(text),
    );
    for (let word = 0; word < 4; word += 1) {
      await settled();
      expect(shown).toHaveLength(word);
      timers.advance(20);
    }
    expect(await reply).toEqual({ text: TEXT, model: 'scripted' });
    expect(shown).toEqual(['The  ', 'The  octopus ', 'The  octopus turns\n\n', TEXT]);
  });

  it.each(['playerJudge', 'simulatorJudge', 'scorer'] as const)(
    'does not hold back what a %s says, which nobody watches',
    async (role) => {
      const timers = manualTimers();
      const reply = await createPacedModel(model, { msPerWord: 20, timers }).generate(
        ask(role),
        () => undefined,
      );
      expect(reply.text).toBe(TEXT);
    },
  );

  it('stops writing when the reply is no longer wanted', async () => {
    const timers = manualTimers();
    const request = ask('updater');
    const reply = createPacedModel(model, { msPerWord: 20, timers }).generate(request, () => undefined);
    const outcome = reply.catch((fault: unknown) => fault);
    await settled();
    request.abort();
    expect(await outcome).toBeInstanceOf(ModelFailure);
    expect(timers.pending).toBe(0);
  });
});
