import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inSecondPerson } from './secondPerson.ts';

const TURNED: readonly (readonly [string, string])[] = [
  // The verb stays, whatever its tense.
  ['I tap three times on the nearest surface.', 'You tap three times on the nearest surface.'],
  ['i wave', 'You wave'],
  ['I walked over and sat down.', 'You walked over and sat down.'],
  ['I have a key.', 'You have a key.'],
  ['I do not move.', 'You do not move.'],
  ["I don't move.", "You don't move."],
  ['Slowly I raise a hand.', 'Slowly you raise a hand.'],
  ['I sit down. Then I hum.', 'You sit down. Then you hum.'],
  ['I sit down, and then I hum!', 'You sit down, and then you hum!'],
  ['I stop… I listen.', 'You stop… You listen.'],
  // To be.
  ['I am waving.', 'You are waving.'],
  ['I am not afraid.', 'You are not afraid.'],
  ['I was asleep.', 'You were asleep.'],
  ['I was not asleep, it was.', 'You were not asleep, it was.'],
  ["I wasn't there.", "You weren't there."],
  ['I really was there.', 'You really were there.'],
  ['The door was open.', 'The door was open.'],
  // Contractions.
  ["I'm kneeling.", "You're kneeling."],
  ["I've brought a jar.", "You've brought a jar."],
  ["I'd like to sit.", "You'd like to sit."],
  ["I'll wait here.", "You'll wait here."],
  ['I’m kneeling.', 'You’re kneeling.'],
  ['im kneeling', "You're kneeling"],
  ['When I’ve sat down, I’ll hum.', 'When you’ve sat down, you’ll hum.'],
  // The other cases.
  ['I lift my hat.', 'You lift your hat.'],
  ['My hand shakes.', 'Your hand shakes.'],
  ['It follows me.', 'It follows you.'],
  ['Me and my dog sit down.', 'You and your dog sit down.'],
  ['I point at myself.', 'You point at yourself.'],
  ['I hum to myself and tap my foot.', 'You hum to yourself and tap your foot.'],
  ['The blue one is mine.', 'The blue one is yours.'],
  ['I put mine beside it.', 'You put yours beside it.'],
  ['I walk into the mine.', 'You walk into the mine.'],
  ['I sell my own bread.', 'You sell your own bread.'],
  ['I hold it in front of me.', 'You hold it in front of you.'],
  ['I close the door behind me.', 'You close the door behind you.'],
  // Questions.
  ['Am I late?', 'Are you late?'],
  ['Was I asleep?', 'Were you asleep?'],
  ['Can I touch it?', 'Can you touch it?'],
  ['May I?', 'May you?'],
  ['Who am I?', 'Who are you?'],
  ['Does it see me?', 'Does it see you?'],
  // What is nobody's own stays as it is.
  ['Wave at it.', 'Wave at it.'],
  ['Tove waves.', 'Tove waves.'],
  ['The myth of Mycenae is immense.', 'The myth of Mycenae is immense.'],
  ['It is on my desk; I know.', 'It is on your desk; you know.'],
  ['constructor and __proto__', 'constructor and __proto__'],
  ['', ''],
];

describe('turning the first person into the second', () => {
  it.each(TURNED)('makes of %j %j', (text, turned) => {
    expect(inSecondPerson(text)).toBe(turned);
  });

  it('leaves nobody in the first person, and turns nothing twice', () => {
    const word = fc.constantFrom(
      'I',
      'me',
      'my',
      'myself',
      "I'm",
      'am',
      'was',
      'the',
      'wave',
      'it',
      'dog',
      '. ',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const turned = inSecondPerson(words.join(' '));
        expect(turned).not.toMatch(/\b(?:i|me|my|myself|i'm|am)\b/i);
        expect(inSecondPerson(turned)).toBe(turned);
      }),
    );
  });

  it('reads any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (noise) => {
        expect(typeof inSecondPerson(noise)).toBe('string');
      }),
    );
  });
});
