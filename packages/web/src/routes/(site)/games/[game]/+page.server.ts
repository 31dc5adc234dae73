import { fail, redirect } from '@sveltejs/kit';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { Api } from '#lib/server/host.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const [setup, games] = await Promise.all([api.play.setup({ game: event.params.game }), api.games.list()]);
    const game = games.find(({ name }) => name === setup.game);
    return {
      game: { name: setup.game, title: game?.title ?? setup.game, description: game?.description ?? '' },
      canStart: setup.allowed && setup.canStart,
      message: setup.message,
      pcs: setup.pcs,
      hidesNpc: setup.hidesNpc,
      npcs: setup.hidesNpc ? [] : setup.npcs,
      warnings: setup.warnings,
      chosen: { pc: event.url.searchParams.get('pc') ?? '', npc: event.url.searchParams.get('npc') ?? '' },
      // The same form sent twice starts one session.
      commandId: crypto.randomUUID(),
    };
  });

const MAX_FIELD = 200;

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const text = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value.slice(0, MAX_FIELD) : '';
    };
    const chosen = { pc: text('pc'), npc: text('npc') };
    const request = {
      game: event.params.game,
      source: 'web',
      commandId: text('commandId') || crypto.randomUUID(),
      ...(chosen.pc === '' ? {} : { pc: chosen.pc }),
      ...(chosen.npc === '' ? {} : { npc: chosen.npc }),
    };
    const started = await start(event.locals.api, request);
    if ('problem' in started) return fail(400, { problem: started.problem, chosen });
    return redirect(303, `/play/${encodeURIComponent(started.sessionId)}`);

    async function start(api: Api, input: typeof request) {
      try {
        return await api.play.create(input);
      } catch (thrown) {
        const refusal = readRefusal(thrown);
        if (refusal === null) throw thrown;
        if (refusal.code === 'UNAUTHORIZED') return asPlayer(event, () => Promise.reject(thrown));
        return { problem: refusal.message };
      }
    }
  },
};
