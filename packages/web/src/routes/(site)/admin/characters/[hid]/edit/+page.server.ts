import { asPlayer } from '#lib/server/asPlayer.ts';
import { sheetActions } from '#lib/server/sheetActions.ts';
import { textOfSheet } from '#lib/server/sheetForm.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const { hid, label, sheet, currentRevision } = await api.characters.get({ hid: event.params.hid });
    return { hid, label, text: textOfSheet(sheet), currentRevision };
  });

export const actions: Actions = sheetActions(
  (event) =>
    (api, sheet, { expectedRevision }) =>
      api.characters.update({ hid: event.params['hid'] ?? '', sheet, expectedRevision }),
);
