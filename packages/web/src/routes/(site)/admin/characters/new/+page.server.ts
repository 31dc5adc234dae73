import { BLANK_SHEET } from '#lib/characters/blankSheet.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { sheetActions } from '#lib/server/sheetActions.ts';
import { textOfSheet } from '#lib/server/sheetForm.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_HID = 64;

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const from = (event.url.searchParams.get('from') ?? '').slice(0, MOST_HID);
    // Asked in any case: only administrators get to see the form.
    const sheet = from === '' ? await api.characters.retired().then(() => BLANK_SHEET) : await copyOf(from);
    return { text: textOfSheet(sheet) };

    async function copyOf(hid: string) {
      return { ...(await api.characters.get({ hid })).sheet, hid: '' };
    }
  });

export const actions: Actions = sheetActions(() => (api, sheet) => api.characters.create({ sheet }));
