import type { GameRole, LanguageModel } from '@dcs/engine';

/** The models of these names, as one, in the order in which they are asked. Rejects with a ModelFailure. */
export type FindModels = (names: readonly string[]) => Promise<LanguageModel>;

export interface RoleModelOptions {
  /** Who serves a role where a session leaves it to the settings. */
  readonly byRole: Readonly<Record<GameRole, LanguageModel>>;
  /** Who serves it where a session chooses; `null` where choices do not count. */
  readonly chosen: FindModels | null;
}

/**
 * Has each role served by its own model. It is called after the one that answers players where nobody chooses. No setting names a
 * model that plays itself: where choices do not count, it is the one that answers players.
 */
export function createRoleModel({ byRole, chosen }: RoleModelOptions): LanguageModel {
  return {
    id: byRole.updater.id,
    generate: async (request, onText) => {
      const { role, models } = request;
      const names = models[role];
      const serving = byRole[role === 'player' ? 'updater' : role];
      const model = names === undefined || chosen === null ? serving : await chosen(names);
      return model.generate(request, onText);
    },
  };
}
