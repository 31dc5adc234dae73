import { createScriptedModel } from '@dcs/engine';
import type { CharacterSheet, Scene } from '@dcs/engine';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCharacters } from '../src/catalog/characters.ts';

const { characters } = await loadCharacters(join(import.meta.dirname, '../../../seeds/characters'));
const sheets = characters.map(({ sheet }) => sheet);

const model = createScriptedModel();
const cancellation = {
  aborted: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
};

async function tell(role: 'opener' | 'updater', scene: Scene, seed: string): Promise<string> {
  const about = { task: 'any', promptVersion: 'test', prompt: { system: '', messages: [] }, subject: null };
  const request = { ...about, role, scene, seed, models: {}, occasion: null, cancellation };
  return (await model.generate(request, () => undefined)).text;
}

const ACTIONS = [
  'I wave and say, "Hello there."',
  'I knock twice.',
  '"What do you want?"',
  'I hold out a red ball.',
  'I wait.',
  'I step closer and touch it.',
  'I ask what it can do.',
  'I write "Are you well?" on a card.',
  'I offer a piece of bread.',
  'I shout.',
] as const;

interface Line {
  readonly speaker: 'player' | 'character';
  readonly text: string;
}

/** Plays `turns` turns as a game does: the model is told the last twelve lines. */
async function play(
  { pc, npc }: { pc: CharacterSheet; npc: CharacterSheet },
  turns: number,
  actions: readonly string[],
): Promise<readonly string[]> {
  const opening = await tell('opener', { pc, npc, transcript: [], action: null, turn: 1 }, 'seed/1');
  const lines: Line[] = [{ speaker: 'character', text: opening }];
  for (let turn = 2; turn <= turns + 1; turn += 1) {
    const action = actions[turn % actions.length] ?? 'I wait.';
    const scene: Scene = { pc, npc, transcript: lines.slice(-12), action, turn };
    const text = await tell('updater', scene, `seed/${turn}`);
    lines.push({ speaker: 'player', text: action }, { speaker: 'character', text });
  }
  return lines.filter((line) => line.speaker === 'character').map((line) => line.text);
}

/** Sentences in quotation marks belong to the sentence that says them. */
const sentences = (text: string): readonly string[] =>
  text.replaceAll(/“[^”]*”/g, (quoted) => quoted.replaceAll(/[.!?]/g, '·')).split(/(?<=[.!?]|·”)\s+/);

/** `You knock twice.` tells the player's own act back, and comes back with it. */
const isRetelling = (sentence: string): boolean => /^You [^,;:]+\.$/.test(sentence);

const partnerOf = (npc: CharacterSheet): CharacterSheet =>
  sheets.find((sheet) => sheet.pcEligible && sheet.hid !== npc.hid) ?? npc;

describe.each(sheets.map((npc) => [npc.hid, npc] as const))('%s, simulated by script', (_hid, npc) => {
  it.each([
    ['all sorts of actions', ACTIONS],
    ['the same action over and over', ['I say, "Hello, what do you want?"']],
    ['nothing but waiting', ['I wait.']],
    ['nothing but knocking', ['I knock.']],
  ])('says no sentence twice in forty turns of %s', async (_name, actions) => {
    const replies = await play({ pc: partnerOf(npc), npc }, 40, actions);
    const told = replies.flatMap(sentences).filter((sentence) => !isRetelling(sentence));
    expect(told.filter((sentence, index) => told.indexOf(sentence) !== index)).toEqual([]);
  });

  it('writes clean, short prose', async () => {
    const replies = await play({ pc: partnerOf(npc), npc }, 40, ACTIONS);
    for (const reply of replies) {
      expect(reply).not.toMatch(/[<>{}[\]*_`|]|undefined| {2}| [,.;:!?]|\ba [aeio]|\.\.$|[,;:]\./);
      expect(reply.split(/\s+/).length).toBeLessThanOrEqual(90);
    }
    expect(Math.max(...replies.slice(1).map((reply) => reply.split(/\s+/).length))).toBeLessThanOrEqual(50);
  });
});

describe('the characters', () => {
  it('each meet the same action in their own way', async () => {
    for (const action of ACTIONS) {
      const replies = await Promise.all(
        sheets.map((npc) =>
          tell('updater', { pc: partnerOf(npc), npc, transcript: [], action, turn: 2 }, 'seed'),
        ),
      );
      expect(new Set(replies).size).toBe(sheets.length);
    }
  });
});
