import type { CharacterSheet, FieldProblemDto } from '@dcs/api';
import type { Api } from '#lib/server/host.ts';

/** What a form sends as a sheet; whether it is one, the API says. */
export type SentSheet = Parameters<Api['characters']['check']>[0]['sheet'];

/** A form with a sheet, as it was sent. */
export interface SheetForm {
  readonly text: string;
  readonly expectedRevision: string | null;
}

const MOST_TEXT = 200_000;
const MOST_REVISION = 128;

export async function readSheetForm(request: Request): Promise<SheetForm> {
  const form = await request.formData();
  const field = (name: string, most: number): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, most) : '';
  };
  return {
    text: field('sheet', MOST_TEXT),
    expectedRevision: field('expectedRevision', MOST_REVISION) || null,
  };
}

export const textOfSheet = (sheet: CharacterSheet): string => JSON.stringify(sheet, null, 2);

/** The object that a text holds, or the one problem that keeps it from being read. */
export function parseSheetText(
  text: string,
): { readonly sheet: SentSheet } | { readonly problem: FieldProblemDto } {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return { sheet: value };
    return { problem: unreadable('is not a group of fields') };
  } catch (fault) {
    const where = fault instanceof Error ? `: ${fault.message}` : '';
    return { problem: unreadable(`cannot be read as JSON${where}`) };
  }
}

function isFields(value: unknown): value is SentSheet {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const unreadable = (message: string): FieldProblemDto => ({
  path: '',
  reason: 'sheet/not-json',
  message,
  fix: 'Check quotes, commas and brackets.',
});
