import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Game } from '../game/game.ts';
import { builtInGames } from '../games/index.ts';
import { FOLD_CHANGES } from '../session/flags.ts';
import { cardDuel } from '../testing/cardDuel.ts';
import { checkRecording, describeDeviation } from './checkRecording.ts';
import { recordingSchema } from './recording.schema.ts';
import type { Recording } from './recording.schema.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../recordings');
const GAMES: readonly Game[] = [...builtInGames, cardDuel];

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => path.basename(file, '.json'));

const read = (name: string): Recording =>
  recordingSchema.parse(JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')));

function gameOf({ header }: Recording): Game {
  const game = GAMES.find(({ name }) => name === header.game);
  if (game === undefined) throw new Error(`No game here is called ${header.game}.`);
  return game;
}

describe('what was recorded', () => {
  it.each(names)('folds to what it was, event by event: %s', (name) => {
    const recording = read(name);
    expect(recording.name).toBe(name);
    const deviation = checkRecording(recording, gameOf(recording));
    if (deviation !== null) throw new Error(describeDeviation(recording, deviation));
  });

  it('has every kind of event that a log can hold, but those that no game here writes', () => {
    const kinds = new Set(names.flatMap((name) => read(name).steps.map(({ event }) => event.kind)));
    expect([...kinds].toSorted()).toEqual([
      'action',
      'branched',
      'command',
      'error',
      'evaluation',
      'fact',
      'feedback',
      'info',
      'message',
      'rolled_back',
      'seat_released',
      'seat_taken',
      'session_end',
      'session_paused',
      'session_resumed',
      'session_start',
      'validation_violation',
    ]);
  });

  it('would fold to something else with the flags that name it', () => {
    for (const { number, recordings } of FOLD_CHANGES) {
      for (const name of recordings) {
        const recording = read(name);
        const header = { ...recording.header, flags: [...(recording.header.flags ?? []), number] };
        expect(checkRecording({ ...recording, header }, gameOf(recording)), `flag ${number}`).not.toBeNull();
      }
    }
  });
});
