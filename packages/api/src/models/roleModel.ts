import type { LanguageModel, ModelRole } from '@dcs/engine';

/** The models of these names, as one, in the order in which they are asked. Rejects with a ModelFailure. */
export type FindModels = (names: readonly string[]) => Promise<LanguageModel>;

export interface RoleModelOptions {
  /** Who serves a role where a session leaves it to the settings. */
  readonly byRole: Readonly<Record<ModelRole, LanguageModel>>;
  /** Who serves it where a session chooses; `null` where choices do not count. */
  readonly chosen: FindModels | null;
}

/** Has each role served by its own model. It is called after the one that answers players where nobody chooses. */
export function createRoleModel({ byRole, chosen }: RoleModelOptions): LanguageModel {
  return {
    id: byRole.updater.id,
    generate: async (request, onText) => {
      const names = request.models[request.role];
      const model = names === undefined || chosen === null ? byRole[request.role] : await chosen(names);
      return model.generate(request, onText);
    },
  };
}
