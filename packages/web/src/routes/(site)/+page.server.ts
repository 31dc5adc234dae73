import type { PageServerLoad } from './$types';

const OTHERS = 4;
const PEOPLE = 2;

/** Some of a list from all over it, always the same. */
function spread<T>(list: readonly T[], count: number): readonly T[] {
  return list.filter(
    (_, index) =>
      Math.floor((index * count) / list.length) !== Math.floor(((index - 1) * count) / list.length),
  );
}

export const load: PageServerLoad = async ({ locals }) => {
  const characters = await locals.api.characters.list();
  // Minds unlike our own first; a person or two among them.
  const others = characters.filter((character) => !character.isHuman);
  const people = characters.filter((character) => character.isHuman);
  const shown = [...spread(others, OTHERS), ...spread(people, PEOPLE)];
  return {
    characters: shown.map(({ hid, label, shortDescription }) => ({ hid, label, shortDescription })),
    total: characters.length,
  };
};
