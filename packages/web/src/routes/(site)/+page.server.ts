import type { PageServerLoad } from './$types';

const SHOWN = 6;

export const load: PageServerLoad = async ({ locals }) => {
  const characters = await locals.api.characters.list();
  // Minds unlike our own first; a person or two among them.
  const others = characters.filter((character) => !character.isHuman);
  const people = characters.filter((character) => character.isHuman);
  const shown = [...others.slice(0, SHOWN - 2), ...people.slice(0, 2), ...others.slice(SHOWN - 2)].slice(
    0,
    SHOWN,
  );
  return {
    characters: shown.map(({ hid, label, shortDescription }) => ({ hid, label, shortDescription })),
    total: characters.length,
  };
};
