import type { LanguageModel, ModelRole } from '@dcs/engine';

/** Has each role served by its own model. It is called after the one that answers players. */
export function createRoleModel(byRole: Readonly<Record<ModelRole, LanguageModel>>): LanguageModel {
  return {
    id: byRole.updater.id,
    generate: (request, onText) => byRole[request.role].generate(request, onText),
  };
}
