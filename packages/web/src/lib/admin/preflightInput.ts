/** What a preflight is asked for. */
export interface PreflightInput {
  readonly participants: number;
  readonly seed: string;
  /** Left out, what calls have cost so far. */
  readonly dollarsPerCall?: number;
}

/** As it stands in the form, whether or not it can be asked for. */
export interface PreflightEntries {
  readonly participants: string;
  readonly seed: string;
  readonly dollarsPerCall: string;
}

export const FIRST_ENTRIES: PreflightEntries = { participants: '200', seed: '1', dollarsPerCall: '' };

export const MOST_PARTICIPANTS = 2_000;
export const MOST_DOLLARS = 1_000;
const MOST_SEED = 64;

const DOLLARS = /^\d{1,4}(\.\d{1,8})?$/;

const NOBODY = `How many participants are to come? A whole number from 1 to ${MOST_PARTICIPANTS.toLocaleString('en-GB')}.`;
const NO_SEED = 'Give a seed: any word or number.';
const NO_PRICE = `What does a call cost? A number of dollars such as 0.002, at most ${MOST_DOLLARS.toLocaleString('en-GB')}; or leave it empty.`;

export type ReadPreflight =
  | { readonly ok: true; readonly input: PreflightInput }
  | { readonly ok: false; readonly field: keyof PreflightEntries; readonly problem: string };

export function preflightEntries(form: FormData): PreflightEntries {
  const entry = (name: keyof PreflightEntries): string => {
    const given = form.get(name);
    return typeof given === 'string' ? given.trim() : '';
  };
  return {
    participants: entry('participants'),
    seed: entry('seed').slice(0, MOST_SEED),
    dollarsPerCall: entry('dollarsPerCall').replace(',', '.'),
  };
}

/** What somebody asks for, or the first entry that needs another look. */
export function readPreflight({ participants, seed, dollarsPerCall }: PreflightEntries): ReadPreflight {
  const count = Number(participants);
  if (!Number.isInteger(count) || count < 1 || count > MOST_PARTICIPANTS) {
    return { ok: false, field: 'participants', problem: NOBODY };
  }
  if (seed === '') return { ok: false, field: 'seed', problem: NO_SEED };
  if (dollarsPerCall === '') return { ok: true, input: { participants: count, seed } };
  const dollars = Number(dollarsPerCall);
  if (!DOLLARS.test(dollarsPerCall) || dollars > MOST_DOLLARS) {
    return { ok: false, field: 'dollarsPerCall', problem: NO_PRICE };
  }
  return { ok: true, input: { participants: count, seed, dollarsPerCall: dollars } };
}
