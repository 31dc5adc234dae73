import { PROVIDERS } from '@dcs/engine';
import { fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import { leaf } from './traced.ts';
import type { Traced, TracedGroup } from './traced.ts';
import { withoutEffect } from './withoutEffect.ts';
import { respelled } from './words.ts';

const hasProvider = (model: string): boolean =>
  model === 'scripted' || PROVIDERS.some((provider) => model.startsWith(`${provider}:`));

/** Older files knew one provider, and so did not name it. */
function convertModel(model: Traced): void {
  if (model.kind !== 'group' || model.fields.has('model')) return;
  const id = model.fields.get('id');
  if (id === undefined) return;
  model.fields.delete('id');
  const named = (text: string): string =>
    hasProvider(text) || !text.includes('/') ? text : `openrouter:${text}`;
  model.fields.set('model', respelled(id, named));
}

/** `players: {humans: {all: true}, models: [{id}]}`. */
export function convertPlayers(root: TracedGroup): void {
  const players = root.fields.get('players');
  if (players?.kind !== 'group') return;
  const humans = players.fields.get('humans');
  const all = humans?.kind === 'group' ? humans.fields.get('all') : undefined;
  if (humans?.kind === 'group' && all !== undefined && humans.fields.size === 1)
    players.fields.set('humans', all);
  const models = players.fields.get('models');
  if (models?.kind === 'leaf' && models.value === null) players.fields.delete('models');
  if (models?.kind === 'list') for (const model of models.items) convertModel(model);
}

function registration(root: TracedGroup, required: Traced): readonly ConfigProblem[] {
  if (required.kind !== 'leaf' || typeof required.value !== 'boolean') {
    const words = { reason: 'schema/wrong-type', message: 'is neither true nor false' };
    return [fault(required.path, { ...words, fix: 'Make it true or false.' })];
  }
  if (root.fields.has('registration')) {
    const words = { reason: 'experiment/said-twice', message: 'says the same as registration' };
    return [fault(required.path, { ...words, fix: 'Keep one of the two.' })];
  }
  root.fields.set('registration', leaf(required.value ? 'required' : 'anonymous', required.path));
  return [];
}

/** `ui: {launch_gui, registration_required}`. A server here never opens a window, whatever a file says. */
export function convertUi(root: TracedGroup): readonly ConfigProblem[] {
  const ui = root.fields.get('ui');
  if (ui?.kind !== 'group') return [];
  root.fields.delete('ui');
  return [...ui.fields].flatMap(([key, node]): readonly ConfigProblem[] => {
    if (key === 'registration_required') return registration(root, node);
    if (key === 'launch_gui') return [withoutEffect(node)];
    const fix = 'Remove it. Known here: launch_gui, registration_required.';
    return [fault(node.path, { reason: 'schema/unknown-field', message: 'is not a known field', fix })];
  });
}
