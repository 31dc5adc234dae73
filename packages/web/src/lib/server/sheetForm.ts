import type { FieldProblemDto } from '@dcs/api';
import { faultWords, readSource } from '#lib/characters/sourceText.ts';
import type { Api } from '#lib/server/host.ts';

/** What a form sends as a sheet; whether it is one, the API says. */
export type SentSheet = Parameters<Api['characters']['check']>[0]['sheet'];

/** A form with a sheet, as it was sent. */
export interface SheetForm {
  readonly text: string;
  readonly expectedRevision: string | null;
}

/** More than any sheet that people write has. What is longer is refused, never cut. */
const MOST_TEXT = 160_000;
const MOST_REVISION = 128;

export async function readSheetForm(request: Request): Promise<SheetForm> {
  const form = await request.formData();
  const field = (name: string, most: number): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, most) : '';
  };
  return {
    text: field('sheet', MOST_TEXT + 1),
    expectedRevision: field('expectedRevision', MOST_REVISION) || null,
  };
}

/** The object that a text holds, or the one problem that keeps it from being read. */
export function parseSheetText(
  text: string,
): { readonly sheet: SentSheet } | { readonly problem: FieldProblemDto } {
  if (text.length > MOST_TEXT) return { problem: TOO_LONG };
  const read = readSource(text);
  return read.ok ? { sheet: read.sheet as SentSheet } : { problem: unreadable(faultWords(read.fault)) };
}

const TOO_LONG: FieldProblemDto = {
  path: '',
  reason: 'sheet/too-long',
  message: `is longer than ${MOST_TEXT} characters`,
  fix: 'Shorten its texts.',
};

const unreadable = (where: string): FieldProblemDto => ({
  path: '',
  reason: 'sheet/not-json',
  message: `cannot be read as JSON. ${where}`,
  fix: 'Check quotes, commas and brackets.',
});
