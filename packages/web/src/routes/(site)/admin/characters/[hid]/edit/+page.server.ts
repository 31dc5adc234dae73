import { asPlayer } from '#lib/server/asPlayer.ts';
import { sheetActions } from '#lib/server/sheetActions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const [fields, character] = await Promise.all([
      api.characters.fields(),
      api.characters.get({ hid: event.params.hid }),
    ]);
    const { hid, label, sheet, currentRevision } = character;
    return { fields, hid, label, sheet, currentRevision };
  });

export const actions: Actions = sheetActions(
  (event) =>
    (api, sheet, { expectedRevision }) =>
      api.characters.update({ hid: event.params['hid'] ?? '', sheet, expectedRevision }),
);
