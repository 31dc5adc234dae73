import type { CharacterSheet, FieldProblemDto } from '@dcs/api';
import { fail, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { Api } from '#lib/server/host.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import { parseSheetText, readSheetForm } from '#lib/server/sheetForm.ts';
import type { SentSheet, SheetForm } from '#lib/server/sheetForm.ts';

/** What comes back to the page that a sheet is edited on. The text is kept, whatever is wrong with it. */
export interface SheetAnswer {
  readonly text: string;
  readonly problem: string;
  readonly problems: readonly FieldProblemDto[];
  readonly warnings: readonly FieldProblemDto[];
  /** The sheet as it would be kept, to be looked at before. */
  readonly preview: CharacterSheet | null;
}

const blank: Omit<SheetAnswer, 'text'> = { problem: '', problems: [], warnings: [], preview: null };

type Save = (api: Api, sheet: SentSheet, form: SheetForm) => Promise<{ readonly hid: string }>;

/** The actions of a page on which a sheet is edited: `check` changes nothing, `save` keeps the sheet and shows it. */
export function sheetActions(save: (event: RequestEvent) => Save) {
  return {
    check: async (event: RequestEvent) => {
      const { text } = await readSheetForm(event.request);
      const parsed = parseSheetText(text);
      if ('problem' in parsed) return fail(400, { ...blank, text, problems: [parsed.problem] });
      const { problems, warnings, sheet } = await asPlayer(event, (api) =>
        api.characters.check({ sheet: parsed.sheet }),
      );
      const answer: SheetAnswer = { ...blank, text, problems, warnings, preview: sheet };
      return problems.length === 0 ? answer : fail(400, answer);
    },
    save: async (event: RequestEvent) => {
      const form = await readSheetForm(event.request);
      const { text } = form;
      const parsed = parseSheetText(text);
      if ('problem' in parsed) return fail(400, { ...blank, text, problems: [parsed.problem] });
      const kept = await keep(event, () => save(event)(event.locals.api, parsed.sheet, form));
      if ('refused' in kept) return fail(kept.status, { ...blank, text, ...kept.refused });
      return redirect(303, `/admin/characters/${encodeURIComponent(kept.hid)}`);
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
    const { status, message, problems } = refusal;
    return { status, refused: { problem: problems.length === 0 ? message : '', problems } };
  }
}
