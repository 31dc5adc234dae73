import { GAME_ROLES } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import type { ValuePath } from '../../problem.ts';
import { doubt, fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { ExperimentWorld } from '../world.ts';
import type { Rule } from './rule.ts';

function nobody({ players }: ExperimentConfig): readonly ConfigProblem[] {
  if (players.humans || players.models.length > 0) return [];
  const message = 'lets neither people nor models take part';
  const fix = 'Set humans: true, or name a model.';
  return [fault(['players'], { reason: 'experiment/nobody-takes-part', message, fix })];
}

interface NamedModel {
  readonly model: string;
  readonly path: ValuePath;
}

function namedModels({ players, models }: ExperimentConfig): readonly NamedModel[] {
  const taking = players.models.map(({ model }, index) => ({
    model,
    path: ['players', 'models', index, 'model'],
  }));
  const asked = GAME_ROLES.flatMap((role) =>
    (models?.[role] ?? []).map((model, index) => ({ model, path: ['models', role, index] })),
  );
  return [...taking, ...asked];
}

function notSetUp(config: ExperimentConfig, { modelProblems }: ExperimentWorld): readonly ConfigProblem[] {
  return namedModels(config).flatMap(({ model, path }): readonly ConfigProblem[] => {
    const missing = modelProblems([model]);
    if (missing.length === 0) return [];
    const message = `is ${model}, which cannot be asked here`;
    return [fault(path, { reason: 'experiment/model-not-set-up', message, fix: missing.join(' ') })];
  });
}

/** From the narrowest to the widest: whatever is used in one is used in all that follow. */
const PAYERS = ['turn', 'session', 'player', 'experiment'] as const;
const UNITS = ['tokens', 'dollars', 'seconds'] as const;

function emptyCaps({ caps }: ExperimentConfig): readonly ConfigProblem[] {
  return PAYERS.filter((payer) => caps[payer] !== undefined && Object.keys(caps[payer]).length === 0).map(
    (payer) =>
      doubt(['caps', payer], {
        reason: 'experiment/empty-cap',
        message: 'caps nothing',
        fix: 'Say how many tokens, dollars or seconds, or remove it.',
      }),
  );
}

function capsOutOfReach({ caps }: ExperimentConfig): readonly ConfigProblem[] {
  return UNITS.flatMap((unit) =>
    PAYERS.flatMap((payer, index): readonly ConfigProblem[] => {
      const cap = caps[payer]?.[unit];
      const wider = PAYERS.slice(index + 1).find((other) => (caps[other]?.[unit] ?? Infinity) < (cap ?? 0));
      if (cap === undefined || wider === undefined) return [];
      const most = caps[wider]?.[unit] ?? 0;
      const message = `is ${cap}, which is never reached: caps.${wider}.${unit} is ${most}`;
      const path = ['caps', payer, unit];
      const fix = `Lower it to at most ${most}, or remove it.`;
      return [doubt(path, { reason: 'experiment/cap-out-of-reach', message, fix })];
    }),
  );
}

export const PLAYER_RULES: readonly Rule[] = [
  { needs: ['players.models'], find: nobody },
  { find: notSetUp },
  { find: emptyCaps },
  { find: capsOutOfReach },
];
