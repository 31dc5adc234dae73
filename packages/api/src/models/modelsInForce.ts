import type { GameRole, LanguageModel } from '@dcs/engine';
import { UNLIMITED } from './account.ts';
import type { Caps } from './budget.ts';
import type { BreakerState } from './guardedModel.ts';

/** Who is asked for what in this process, and what that may take. */
export interface ModelsInForce {
  /** The models of each role that the settings name, in the order in which they are asked. */
  readonly chains: Readonly<Record<GameRole, readonly string[]>>;
  readonly caps: Caps;
  /** Of each model behind a provider, as it is now. */
  breakers(): readonly { readonly model: string; readonly state: BreakerState }[];
}

/** One model for everything, which nothing limits. */
export function onlyModel({ id }: LanguageModel): ModelsInForce {
  const chain = [id];
  return {
    chains: { opener: chain, updater: chain, playerJudge: chain, simulatorJudge: chain, scorer: chain },
    caps: {
      turn: UNLIMITED,
      session: UNLIMITED,
      player: UNLIMITED,
      playerWindowMs: 0,
      experiment: UNLIMITED,
    },
    breakers: () => [],
  };
}
