import type { FieldProblemDto } from '@dcs/api';
import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { Api } from '#lib/server/host.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import { parseSheetText, readSheetForm } from '#lib/server/sheetForm.ts';
import type { SentSheet, SheetForm } from '#lib/server/sheetForm.ts';

/** What comes back to the page that a sheet is edited on; a type, as answers of actions are read as records. */
export type SheetAnswer = {
  /** Why it was not saved, when no field is to blame: stable and namespaced, and in words. Else empty. */
  readonly reason: string;
  readonly problem: string;
  readonly problems: readonly FieldProblemDto[];
  readonly warnings: readonly FieldProblemDto[];
  /** The handle under which it was saved; empty when nothing was. */
  readonly saved: string;
};

const NOTHING: SheetAnswer = { reason: '', problem: '', problems: [], warnings: [], saved: '' };

type Save = (api: Api, sheet: SentSheet, form: SheetForm) => Promise<{ readonly hid: string }>;

/** The actions of a page on which a sheet is edited: `check` changes nothing, `save` keeps the sheet. */
export function sheetActions(save: (event: RequestEvent) => Save) {
  return {
    check: async (event: RequestEvent): Promise<SheetAnswer> => {
      const { text } = await readSheetForm(event.request);
      const parsed = parseSheetText(text);
      if ('problem' in parsed) return { ...NOTHING, problems: [parsed.problem] };
      const { problems, warnings } = await asPlayer(event, (api) =>
        api.characters.check({ sheet: parsed.sheet }),
      );
      return { ...NOTHING, problems, warnings };
    },
    save: async (event: RequestEvent) => {
      const form = await readSheetForm(event.request);
      const parsed = parseSheetText(form.text);
      if ('problem' in parsed) return fail(400, { ...NOTHING, problems: [parsed.problem] });
      const kept = await keep(event, () => save(event)(event.locals.api, parsed.sheet, form));
      if ('refused' in kept) return fail(kept.status, { ...NOTHING, ...kept.refused });
      return { ...NOTHING, saved: kept.hid };
    },
  };
}

/** What the sheet's author can mend comes back to them; everything else becomes a page of its own. */
async function keep(event: RequestEvent, run: () => Promise<{ readonly hid: string }>) {
  try {
    return await run();
  } catch (thrown) {
    const refusal = readRefusal(thrown);
    if (refusal === null || !refusal.reason.startsWith('character/'))
      return asPlayer(event, () => Promise.reject(thrown));
    const { status, reason, message, problems } = refusal;
    if (problems.length > 0) return { status, refused: { problems } };
    return { status, refused: { reason, problem: message } };
  }
}
