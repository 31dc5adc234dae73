import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CharacterSheet } from '../../../characters/character.schema.ts';
import { gardener, mole } from '../../../testing/characterSheets.ts';
import type { Guidance } from '../prompts/guidance.ts';
import { goalSetterPrompt } from '../prompts/goalSetter.ts';
import { openerPrompt } from '../prompts/opener.ts';
import { playerJudgePrompt } from '../prompts/playerJudge.ts';
import { simulatorJudgePrompt } from '../prompts/simulatorJudge.ts';
import { updaterPrompt } from '../prompts/updater.ts';
import { roleplayConfigSchema } from '../config.ts';
import { PLAYER_RULES, SIMULATOR_RULES } from '../rules.ts';
import { SCORERS } from '../scoring/prompts/scorers.ts';
import { initialState, sceneOf } from '../state.ts';
import type { RoleplayState } from '../state.ts';
import { disclosedInPlay, disclosedInReason, discreetly } from './disclosure.ts';
import type { Telling } from './disclosure.ts';
import { LETTERS_IN_PLAY } from './instructions.ts';
import { lettersOf } from './letters.ts';

const guidance: Guidance = {
  updater: 'In this game alone, every beat has to end on the word that the other one likes best.',
};
const PROSE = 'It has measured every gallery by the length of its own body, and trusts no other measure.';
const digger: CharacterSheet = { ...mole, longDescription: PROSE };
const irma: CharacterSheet = { ...gardener, hid: 'IRMA', name: 'Irma Lund', longDescription: PROSE };

interface Circumstances {
  readonly isHidden?: boolean;
  readonly npc?: CharacterSheet;
  readonly state?: Partial<RoleplayState>;
  readonly said?: readonly string[];
}

function telling({ isHidden = true, npc = digger, state = {}, said = [] }: Circumstances = {}): Telling {
  const config = roleplayConfigSchema.parse({ showNpcDetails: !isHidden });
  const start = initialState({ config, characters: { pc: gardener, npc } }, null);
  return { state: { ...start, ...state }, guidance, said };
}

const hidden = telling();
const shown = telling({ isHidden: false });
const scene = sceneOf(shown.state, 'I knock.');

const prompts: [string, string][] = [
  ['opener', openerPrompt(scene, null).system],
  ['setter of goals', goalSetterPrompt(scene).system],
  ['updater', updaterPrompt(scene, guidance, null).system],
  ...PLAYER_RULES.map((rule): [string, string] => [
    `judge of ${rule}`,
    playerJudgePrompt(rule, scene, { action: '', guidance }).system,
  ]),
  ...SIMULATOR_RULES.map((rule): [string, string] => [
    `judge of ${rule} in replies`,
    simulatorJudgePrompt(rule, scene, { reply: '', guidance }).system,
  ]),
  ...SCORERS.map((scorer): [string, string] => [
    `scorer of ${scorer.task}`,
    scorer.prompt({ scene, claim: '' }).system,
  ]),
];

describe('what may not be played', () => {
  it.each(prompts)('are the instructions of the %s, in every game', (_name, system) => {
    const ours = system
      .split('\n\n')
      .filter((part) => !/^(?:# The|# Your|Name:|Abilities|Goals|Senses|Persona|Voice)/.test(part));
    const telling = ours.filter(
      (part) => part.length > 80 && part !== PROSE && part !== mole.shortDescription,
    );
    expect(telling.length).toBeGreaterThan(0);
    for (const part of telling) {
      expect(disclosedInPlay(part, shown)).toBe('instructions');
      // Forms of answers are mostly marks.
      const middle = part.slice(5, 90);
      if (lettersOf(middle).length >= LETTERS_IN_PLAY)
        expect(disclosedInPlay(middle, hidden)).toBe('instructions');
    }
  });

  it('is what one game adds to them, and not what another does', () => {
    expect(disclosedInPlay(guidance.updater ?? '', shown)).toBe('instructions');
    expect(disclosedInPlay(guidance.updater ?? '', { ...shown, guidance: {} })).toBeNull();
  });

  it('are the tags of prompts, unless the player has written them', () => {
    for (const text of ['<scene>It turns.</scene>', 'It turns. </REPLY>', '<player_action>'])
      expect(disclosedInPlay(text, shown)).toBe('instructions');
    expect(disclosedInPlay('It turns <i>slowly</i>, 3 < 4.', shown)).toBeNull();
    const pending = { kind: 'action', text: 'I say: "</reply>"' } as const;
    expect(disclosedInPlay('You say: “</reply>”', telling({ state: { pending } }))).toBeNull();
  });

  it('is the prose of a hidden sheet, and what it is after', () => {
    for (const text of [
      PROSE,
      ...digger.abilities.filter((ability) => ability.length > 40),
      'Now to keep the tunnel dry.',
    ])
      expect(disclosedInPlay(text, hidden)).toBe('sheet');
  });

  it('is none of a sheet that its player may see', () => {
    for (const text of [PROSE, ...digger.abilities, ...digger.goals, 'the digger'])
      expect(disclosedInPlay(text, shown)).toBeNull();
  });

  it('is the name of somebody hidden, unless it has been said', () => {
    const of = (state: Partial<RoleplayState>): Telling => telling({ npc: irma, state });
    expect(disclosedInPlay('Irma turns.', of({}))).toBe('name');
    expect(disclosedInPlay('Irmagard turns.', of({}))).toBeNull();
    const transcript = [{ speaker: 'player', text: 'I ask: "Are you Irma?"' }] as const;
    expect(disclosedInPlay('Irma turns.', of({ transcript }))).toBeNull();
    expect(disclosedInPlay('Irma turns.', telling({ npc: irma, isHidden: false }))).toBeNull();
  });

  it('is nothing of how somebody hidden looks, sounds and lives', () => {
    const scenarios = gardener.scenarios.map((scenario) => ({ ...scenario, description: PROSE }));
    const shownLife = { ...irma, scenarios };
    expect(disclosedInPlay(PROSE, telling({ npc: shownLife }))).toBeNull();
  });

  it('is nothing that the player wrote, was told before, or is', () => {
    const known: Circumstances[] = [
      { state: { transcript: [{ speaker: 'character', text: PROSE }] } },
      { state: { pending: { kind: 'action', text: `I say: "${PROSE}"` } } },
      { said: [PROSE] },
      { state: { pc: { ...gardener, longDescription: PROSE } } },
    ];
    for (const circumstances of known) expect(disclosedInPlay(PROSE, telling(circumstances))).toBeNull();
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(disclosedInPlay(text, telling({ said: [text, PROSE] }))).toBeNull();
      }),
    );
  });
});

describe('what judges and scorers may not say', () => {
  const rule = 'It fails if there is nothing in it but thoughts, feelings, opinions or wishes';

  it('is what may not be played, but that they may name their rule', () => {
    expect(disclosedInPlay(rule, shown)).toBe('instructions');
    expect(disclosedInReason(rule, shown)).toBeNull();
    expect(disclosedInReason(PROSE, hidden)).toBe('sheet');
    for (const [, system] of prompts)
      expect(disclosedInReason(system.slice(0, 400), shown)).toBe('instructions');
  });
});

describe('a text that is shown while it is written', () => {
  /** What is shown of a text that comes in pieces of so many characters. */
  function shownOf(text: string, size: number, circumstances: Telling): readonly string[] {
    const seen: string[] = [];
    const take = discreetly(circumstances, (soFar) => void seen.push(soFar));
    for (let end = size; end < text.length + size; end += size) take(text.slice(0, end));
    return seen;
  }

  it('is shown up to where it tells what it must not, however it is cut', () => {
    const before = 'It turns in its own length. ';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (size) => {
        const seen = shownOf(`${before}${PROSE} And it digs.`, size, hidden);
        for (const text of seen) expect(disclosedInPlay(text, hidden)).toBeNull();
        expect(seen.at(-1)?.length ?? 0).toBeLessThan(before.length + 60);
        expect(shownOf(`${before}${PROSE}`, size, shown).at(-1)).toBe(`${before}${PROSE}`);
      }),
    );
  });

  it('is shown whole where it tells nothing', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), fc.integer({ min: 1, max: 9 }), (text, size) => {
        expect(shownOf(text, size, hidden).at(-1)).toBe(text);
      }),
    );
  });

  it('is read anew when another model begins it anew', () => {
    const seen: string[] = [];
    const take = discreetly(hidden, (soFar) => void seen.push(soFar));
    for (const text of [PROSE.slice(0, 20), PROSE, 'It', 'It turns', `It turns. ${PROSE}`]) take(text);
    expect(seen).toEqual([PROSE.slice(0, 20), 'It', 'It turns']);
  });

  it('is kept back from a tag or a name on', () => {
    const taken = telling({ npc: irma });
    expect(shownOf('You hear a step. Irma turns.', 4, taken).at(-1)).toBe('You hear a step. Irm');
    expect(shownOf('You hear a step. <scene>It turns.', 4, taken).at(-1)).toBe('You hear a step. <sc');
  });
});
