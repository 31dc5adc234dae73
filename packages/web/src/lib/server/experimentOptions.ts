import type { EligibleOptionsDto } from '@dcs/api';
import type { RequestEvent } from '@sveltejs/kit';
import { readRefusal } from '#lib/server/refusal.ts';

/** What was chosen so far, as the address of the page says it. */
export interface Choosing {
  readonly game: string;
  readonly pc: string;
  readonly search: string;
  readonly options: EligibleOptionsDto;
}

const MAX_WORD = 100;
const HANDLE = /^[A-Za-z0-9_-]{1,40}$/;

/** The page of options that an address asks for; one that is not there any more begins with the first choice again. */
export async function readOptions(
  { locals, url }: Pick<RequestEvent, 'locals' | 'url'>,
  name: string,
): Promise<Choosing> {
  const word = (key: string): string => (url.searchParams.get(key) ?? '').trim().slice(0, MAX_WORD);
  const handle = (key: string): string => (HANDLE.test(word(key)) ? word(key) : '');
  const [game, pc, search, cursor] = [word('game'), handle('pc'), word('search'), handle('after')];
  const request = {
    name,
    ...(game === '' ? {} : { game }),
    ...(pc === '' ? {} : { pc }),
    ...(search === '' ? {} : { search }),
    ...(cursor === '' ? {} : { cursor }),
  };
  const { eligibleOptions } = locals.api.experiments;
  try {
    return { game, pc, search, options: await eligibleOptions(request) };
  } catch (thrown) {
    if (readRefusal(thrown)?.reason !== 'request/invalid-cursor') throw thrown;
    return { game: '', pc: '', search: '', options: await eligibleOptions({ name }) };
  }
}
