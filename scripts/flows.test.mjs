import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkRecording, recordingSchema, recordingText } from '@dcs/engine';
import { characterRevision } from '../packages/api/src/catalog/index.ts';
import { FLOWS } from './lib/flows.ts';
import { inRoot } from './lib/paths.mjs';
import { openRecordingTable, RECORDED_GAMES } from './lib/recordingTable.ts';

async function play(name) {
  const table = await openRecordingTable();
  const flow = FLOWS[name];
  return table.record(await flow.play(table), { name, about: flow.about });
}

describe.each(Object.keys(FLOWS))('the flow %s', (name) => {
  it('can be recorded, and its recording folds to itself', async () => {
    const recording = recordingSchema.parse(JSON.parse(recordingText(await play(name))));
    const game = RECORDED_GAMES.find((candidate) => candidate.name === recording.header.game);
    expect(checkRecording(recording, game)).toBeNull();
    for (const [seat, sheet] of Object.entries(recording.sheets))
      expect(characterRevision(sheet)).toBe(recording.header.cast[seat].revision);
  });

  it('is recorded', () => {
    expect(existsSync(inRoot('packages', 'engine', 'recordings', `${name}.json`))).toBe(true);
  });
});
