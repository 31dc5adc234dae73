import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const all = await api.characters.list();
    const choices = all.map(({ hid, label }) => ({ hid, label }));
    const wanted = (side: string): string => {
      const hid = event.url.searchParams.get(side) ?? '';
      return choices.some((choice) => choice.hid === hid) ? hid : '';
    };
    const left = wanted('left');
    const right = wanted('right');
    // Asked in any case: only administrators get to see the page.
    const [comparison] = await Promise.all([
      left === '' || right === '' ? null : api.characters.compare({ left, right }),
      api.characters.retired(),
    ]);
    return { choices, left, right, comparison };
  });
