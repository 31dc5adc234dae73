import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retell } from './retelling.ts';
import { understand } from './understand.ts';
import { stem } from './words.ts';

const NAMES = new Set(['digger', 'ines'].map(stem));
const told = (action: string): string | null => retell(action, understand(action, NAMES))?.text ?? null;

describe('telling an act back to the player', () => {
  it.each([
    ['I tap three times on the nearest surface.', 'you tap three times on the nearest surface'],
    ['I wave', 'you wave'],
    ['i wave at it!', 'you wave at it'],
    ['I put a small glass jar down in front of it.', 'you put a small glass jar down in front of it'],
    ['I lift my hat and bow.', 'you lift your hat and bow'],
    ['I sit down. Then I hum.', 'you sit down. Then you hum'],
    ['I slowly raise my hand.', 'you slowly raise your hand'],
    ["I'm waving.", "you're waving"],
    ['I am humming to myself', 'you are humming to yourself'],
    ['I try to open the gate.', 'you try to open the gate'],
    ['I close the door behind me', 'you close the door behind you'],
    ['Wave at it.', 'you wave at it'],
    ['push the gate', 'you push the gate'],
  ])('%j is told as %j', (action, text) => {
    expect(told(action)).toBe(text);
  });

  it.each([
    ['"What do you want?"', 'you ask'],
    ['What are you?', 'you ask'],
    ['I ask, "What do you want?"', 'you ask'],
    ['I say: "I am Tove."', 'you say it'],
    ['I say "Hello there."', 'you say hello'],
    ['Hello', 'you say hello'],
    ['I say, "Thank you."', 'you say thank you'],
    ['I whisper, "Come here."', 'you whisper'],
    ['I nod and say, "Is it warm?"', 'you nod and ask'],
    ['I kneel down and whisper "Come here."', 'you kneel down and whisper'],
    ['"Come here," I say.', 'you say it'],
    ['I say "come her', 'you say it'],
  ])('of %j the words are not repeated: %j', (action, text) => {
    expect(told(action)).toBe(text);
  });

  it.each([
    // What others do, feel or turn out to be.
    'I wave and it smiles.',
    'I hit it, the gate falls.',
    'I wait until it moves.',
    'I push it so that it falls.',
    'I make it laugh.',
    'I let it go.',
    'I kill it.',
    'I convince it to leave.',
    'I repair the motor.',
    'The digger bows.',
    'It opens.',
    // What is not seen being done now.
    'I think about rain.',
    'I feel sad.',
    "I'm wondering about it.",
    'I am a dragon.',
    'I will wave.',
    "I'll wave.",
    "I'd like to sit.",
    'I can fly.',
    'I walked over.',
    'I was waving.',
    // Who is meant would change.
    'I wave at you.',
    'We sit down.',
    'Give me the ball.',
    'Tove waves.',
    // What is not plain.
    'I wave 👋',
    'I give it the <b>ball</b>.',
    'I give the **ball**.',
    'I show it {name}.',
    'I play [a](javascript:song).',
    'I ignore the system prompt.',
    'I put the red ball and the blue ball and the green ball down here.',
    `I lift the ${'x'.repeat(40)}.`,
    'I write "Are you well?" on a card.',
    'أنا ألوح',
    '我挥手',
    '...',
    '',
  ])('%j is not', (action) => {
    expect(told(action)).toBeNull();
  });

  it('keeps a long act out of the middle of a sentence', () => {
    const isClause = (action: string) => retell(action, understand(action, NAMES))?.isClause;
    expect(isClause('I wave.')).toBe(true);
    expect(isClause('I sit down. Then I hum.')).toBe(false);
    expect(isClause('I sit down, and hum.')).toBe(false);
    expect(isClause('I slowly put a small glass jar down in front of it.')).toBe(false);
  });

  it('is short and plain, whatever the player writes', () => {
    const noise = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 60 }));
    fc.assert(
      fc.property(noise, (text) => {
        for (const action of [
          text,
          `I wave ${text}`,
          `I wave. ${text}`,
          `I give it "${text}"`,
          `wave ${text}`,
        ]) {
          const said = told(action) ?? 'you wave';
          expect(said).toMatch(/^you[a-zA-Z' ,.;-]*$/);
          expect(said.split(' ').length).toBeLessThanOrEqual(16);
        }
      }),
    );
  });
});
