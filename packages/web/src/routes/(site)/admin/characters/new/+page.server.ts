import { BLANK_SHEET } from '#lib/characters/blankSheet.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { sheetActions } from '#lib/server/sheetActions.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_HID = 64;

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const from = (event.url.searchParams.get('from') ?? '').slice(0, MOST_HID);
    const [fields, sheet] = await Promise.all([
      api.characters.fields(),
      from === '' ? BLANK_SHEET : copyOf(from),
    ]);
    return { fields, sheet };

    async function copyOf(hid: string) {
      return { ...(await api.characters.get({ hid })).sheet, hid: '' };
    }
  });

export const actions: Actions = sheetActions(() => (api, sheet) => api.characters.create({ sheet }));
