import { describe, expect, it } from 'vitest';
import { UnusableAnswer } from '../games/roleplay/usableAnswer.ts';
import type { SeatSight } from '../models/seatSight.ts';
import { readMove } from './readMove.ts';

const SIGHT: SeatSight = {
  instructions: '',
  own: null,
  other: null,
  lines: [],
  question: null,
  commands: [{ name: 'finish', description: 'End the game.' }],
  longestText: 20,
  turnsLeft: null,
  attemptsLeft: null,
};

describe('a move of a model', () => {
  it.each([
    ['{"action": "I wave."}', 'I wave.'],
    ['{"action": "  I wave.  ", "reasoning": "to be seen"}', 'I wave.'],
    ['{"answer": "It wants worms."}', 'It wants worms.'],
    ['{"command": "finish"}', '/finish'],
    ['{"command": "/Finish"}', '/finish'],
    ['```json\n{"action": "I wave."}\n```', 'I wave.'],
  ])('%s is what a person would have typed: %s', (text, typed) => {
    expect(readMove(text, SIGHT)).toBe(typed);
  });

  it.each([
    ['', 'it is not JSON'],
    ['I wave.', 'it is not JSON'],
    ['[]', 'Invalid input'],
    ['{"action": ""}', 'Too small'],
    ['{"action": 7}', 'Invalid input'],
    ['{"move": "I wave."}', 'Invalid input'],
    ['{"command": "leave"}', 'there is no command "leave"'],
    ['{"action": "I wave, and wave again."}', 'it has 23 characters, and at most 20 fit'],
  ])('%s cannot be used: %s', (text, why) => {
    expect(() => readMove(text, SIGHT)).toThrow(UnusableAnswer);
    expect(() => readMove(text, SIGHT)).toThrow(why);
  });

  it('is not even parsed when it runs on and on', () => {
    const text = `{"action": "${'a'.repeat(50_000)}"}`;
    expect(() => readMove(text, SIGHT)).toThrow('it is far too long');
  });
});
