import { forgetKey } from '#lib/server/keyCookie.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, cookies, url }) => {
  const { storage, model, authenticationRequired, registrationEnabled } = await locals.api.server.config();
  return {
    storage,
    model,
    authenticationRequired,
    registrationEnabled,
    theme: locals.theme,
    me: await whoIsThere(),
  };

  async function whoIsThere() {
    if (locals.accessKey === null) return null;
    try {
      const { playerId, fullName, role } = await locals.api.players.me();
      return { playerId, fullName, role };
    } catch (thrown) {
      if (readRefusal(thrown)?.code !== 'UNAUTHORIZED') throw thrown;
      forgetKey(cookies, url);
      return null;
    }
  }
};
