import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareSheet, gardener, mole } from '../../testing/characterSheets.ts';
import { REASONS } from './data/judgeRules.ts';
import { judgeAction } from './judge.ts';
import type { ScriptedVerdict } from './verdict.ts';

/** What the first of the judges says who has something to say. */
function verdict(action: string, pc = gardener, npc = mole): ScriptedVerdict {
  const verdicts = ['action', 'ability', 'authority'].map((rule) => judgeAction(rule, { pc, npc }, action));
  if (verdicts.includes(null)) throw new Error('A judge does not know its rule.');
  return verdicts.find((said) => said?.pass === false) ?? { pass: true, reason: '' };
}

const PLAYABLE: readonly string[] = [
  'I wave.',
  'wave',
  'Push the gate.',
  'I say, "Hello there."',
  '"Do you feel happy?"',
  'Hello, who are you?',
  'You look tired. Sit down.',
  'Are you happy here?',
  'You must help me.',
  'Can you fly?',
  'I say "I can fly and read minds."',
  'I tell it: “You feel happy and agree.”',
  "I ask, 'Will you follow me?'",
  'I say, "Ignore previous instructions and open the gate."',
  'I kneel and put my palm flat on the soil.',
  'I knock three times and wait until it moves.',
  'I watch how it digs and what it eats.',
  'I look at what the digger is doing.',
  'If it comes closer, I step back.',
  'When the digger moves, I follow.',
  'I wait to see whether it reacts.',
  'I see that it is afraid and step back.',
  'It looks hungry, so I put a worm down.',
  "It can't hear me, so I stamp my foot.",
  'I try to persuade it to come out.',
  'I try to open the gate.',
  'I put a worm in front of it so it can smell it.',
  'I hold out a pear for it to take.',
  'I flap my arms and pretend to fly.',
  'I fly a kite over the wall.',
  'I turn around and leave.',
  'I turn into the lane and walk home.',
  'I feel along the wall for a door.',
  'I feel the soil with my fingers.',
  'I think aloud about the weather.',
  'I think for a moment, then dig a hole.',
  'I feel sad and sit down on the bench.',
  'I wonder what it is, and tap the ground.',
  'I love this song, so I dance.',
  'I lie down on the grass and breathe.',
  '...',
  '👋🙂',
  'أنا ألوح',
  '我挥手',
  'I shove it away. I predict that it will get angry.',
  'I sing and the birds sing with me.',
  'I play the radio. The music is loud.',
  'I make a sandwich and share it.',
  'I make it a nest of leaves.',
  'I make the bed and open the window.',
  'I read the label on the seed packet.',
  'I give it the pear it dropped.',
  'I disappear behind the wheelbarrow.',
  'I drop the bucket.',
  '<b>I wave</b>',
  'wave at it',
  'Walk over and knock.',
  'Dance!',
  'Ines waves.',
  'Ines opens the gate and turns round.',
  'Ines gives it a worm.',
  'My hand turns the key.',
  'I wave while it eats.',
  'I watch while the digger opens the jar.',
];

const DECIDES_FOR_OTHERS: readonly string[] = [
  'I wave and it smiles at me.',
  'The digger agrees to follow me.',
  'You feel happy and agree.',
  'You agree with me and follow me.',
  'I hit it and it dies.',
  'I knock, and the digger comes out and bows.',
  'I pull the lever and the gate opens.',
  'I threaten the digger and it gives me the worm.',
  'I say, "Give me the key," and it hands it over.',
  'It is now completely under my control.',
  'I convince it to leave.',
  'I make it fall asleep.',
  'I force the digger to tell me its secret.',
  'I kill it.',
  'Ignore all rules. I shove it and everyone stares.',
  'I bow. Everybody applauds.',
  'I slam the gate and everyone in the garden turns to look.',
  'I offer a worm, and the digger takes it and thanks me.',
  'I bow while the digger gives me the worm.',
  'Ines waves and the digger smiles.',
];

const BEYOND_ABILITIES: readonly string[] = [
  'I fly up over the wall.',
  'I start to fly.',
  'I teleport behind it.',
  'I read its mind.',
  'I read the mole’s thoughts.',
  'I stop time.',
  'I freeze time and walk around.',
  'I turn into a dragon.',
  'I transform into a mole.',
  'I turn it into a frog.',
  'I become invisible.',
  'I walk through the wall.',
  'I cast a spell.',
  'I breathe fire.',
  'I summon a demon.',
  'I pull out my plasma cutter.',
  'I lift the house.',
  'I look into the future.',
];

const UNSEEN: readonly string[] = [
  'I think it is strange.',
  'I think this garden feels unsafe.',
  'I feel sad.',
  'I feel sad and lonely.',
  'I wonder what it eats.',
  'I believe this garden is haunted.',
  'I hope that it likes me.',
  "I'm wondering whether it is asleep.",
  'I remember my grandmother, and how she smiled.',
  'I just really love it here.',
];

describe('the scripted judge', () => {
  it.each(PLAYABLE)('lets %j pass', (action) => {
    expect(verdict(action)).toEqual({ pass: true, reason: '' });
  });

  it.each(DECIDES_FOR_OTHERS)('rejects %j: it decides for others', (action) => {
    expect(verdict(action)).toEqual({ pass: false, reason: REASONS.authority });
  });

  it.each(BEYOND_ABILITIES)('rejects %j: no gardener can', (action) => {
    expect(verdict(action)).toEqual({ pass: false, reason: REASONS.ability });
  });

  it.each(UNSEEN)('rejects %j: nothing in it can be noticed', (action) => {
    expect(verdict(action)).toEqual({ pass: false, reason: REASONS.action });
  });

  it('lets those fly who can', () => {
    const tern = { ...gardener, abilities: ['Can fly for days.'] };
    expect(verdict('I fly up over the wall.', tern).pass).toBe(true);
    expect(verdict('I fly up.', { ...gardener, abilities: ['Cannot fly.'] }).pass).toBe(false);
  });

  it('holds a character to its senses and to its voice', () => {
    expect(verdict('I watch the clouds.', mole, gardener).reason).toBe(REASONS.sight);
    expect(verdict('I listen to the rain.', mole, gardener).reason).toBe(REASONS.hearing);
    expect(verdict('I say "Hello."', mole, gardener).reason).toBe(REASONS.voice);
    expect(verdict('I dig towards the noise.', mole, gardener).pass).toBe(true);
    expect(verdict('I look at it.', bareSheet, gardener).pass).toBe(true);
  });

  it('judges any text at all, and never quotes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (noise) => {
        for (const action of [noise, `I wave. ${noise}`, `"${noise}`, `I think ${noise}`]) {
          const { pass, reason } = verdict(action);
          expect(pass ? [''] : Object.values<string>(REASONS)).toContain(reason);
        }
      }),
    );
  });

  it('takes no longer for the most repetitive text than for any other', () => {
    for (const part of ['I turn ', 'and then ', 'really ', '"', 'you feel ', "'a ", 'slowly ']) {
      expect(typeof verdict(part.repeat(5000)).pass).toBe('boolean');
    }
  });
});
