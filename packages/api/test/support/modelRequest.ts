import type { CharacterSheet, ModelRequest } from '@dcs/engine';

const sheet = { hid: 'ANY' } as CharacterSheet;

/** A question for models that read; they do not look at its scene. */
export function modelRequest(change: Partial<ModelRequest> = {}): ModelRequest {
  return {
    role: 'updater',
    task: 'reply',
    promptVersion: '1',
    prompt: { system: 'Be a barnacle.', messages: [{ role: 'user', content: 'I wave.' }] },
    scene: { pc: sheet, npc: sheet, transcript: [], action: 'I wave.', turn: 2 },
    subject: null,
    seed: 's',
    models: {},
    occasion: null,
    cancellation: new AbortController().signal,
    ...change,
  };
}
