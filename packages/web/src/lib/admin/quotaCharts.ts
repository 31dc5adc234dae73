import type { AdminExperimentDto, QuotaFillDto, QuotaPartDto } from '@dcs/api';
import { namesOf } from '#lib/admin/experimentCharts.ts';
import type { Chart } from '#lib/charts/chart.ts';
import { countsOf } from '#lib/charts/units.ts';
import { countInWords } from '#lib/figures.ts';
import { countOf } from '#lib/words.ts';

const PARTICIPANTS = countsOf('participants');
const PLACES = countsOf('places');
const TAKEN =
  'A place is taken from when an assignment is given until it is dropped or has been left alone for too long.';

/** Whether there are so many combinations that those of each game are told together. */
const isAddedUp = ({ cells, parts }: QuotaFillDto): boolean => cells > parts.length;

type Words = Pick<Chart, 'title' | 'heading' | 'definition'>;

function combinationWords(fill: QuotaFillDto, needs: string): Words {
  const title = 'Quota of each combination';
  const each = `Each combination of a game, a character to play and one to meet ${needs}. ${TAKEN}`;
  if (!isAddedUp(fill)) return { title, heading: 'Combination', definition: each };
  const together = `All ${countInWords(fill.cells)} are too many for a chart: the places of each game are added up.`;
  return { title, heading: 'Game', definition: `${each} ${together}` };
}

/** By what a quota is of; `needs` says how many participants it takes. */
const WORDS: Readonly<Record<QuotaFillDto['kind'], (fill: QuotaFillDto, needs: string) => Words>> = {
  participants: ({ quota }) => ({
    title: 'Quota of participants',
    heading: 'Who',
    definition: `There is room for ${countOf(quota, 'participant')}. Whoever has withdrawn, or not come back for a while, without having completed anything has given up their place.`,
  }),
  perGame: (_fill, needs) => ({
    title: 'Quota of each game',
    heading: 'Game',
    definition: `Each game ${needs}. ${TAKEN}`,
  }),
  perCharacter: (_fill, needs) => ({
    title: 'Quota of each character',
    heading: 'Character',
    definition: `Each character that can be met ${needs}. ${TAKEN}`,
  }),
  perCombination: combinationWords,
};

/** Such as `Explore`, `Octopus (OCT)` or `Explore: AMA, OCT`. */
function nameOf({ game, pc, npc, npcLabel }: QuotaPartDto, games: ReadonlyMap<string, string>): string {
  if (game === null) return npcLabel ?? 'Everybody';
  const name = games.get(game) ?? game;
  const cast = [pc, npc].filter((one) => one !== null);
  return cast.length === 0 ? name : `${name}: ${cast.join(', ')}`;
}

/** How far each quota of the file is filled; of what nothing can be given, there is nothing to draw. */
export function quotaCharts({
  games,
  quotaFills,
}: Pick<AdminExperimentDto, 'games' | 'quotaFills'>): readonly Chart[] {
  const names = namesOf(games);
  const gameNames = new Map(games.map(({ game }, index) => [game, names[index] ?? game]));
  return quotaFills
    .filter(({ parts }) => parts.length > 0)
    .map((fill) => ({
      ...WORDS[fill.kind](fill, `needs ${countOf(fill.quota, 'participant')}`),
      unit: isAddedUp(fill) ? PLACES : PARTICIPANTS,
      keys: fill.parts.map((part) => nameOf(part, gameNames)),
      series: [
        { name: 'Taken', values: fill.parts.map(({ taken }) => taken) },
        { name: 'Free', values: fill.parts.map(({ taken, places }) => Math.max(0, places - taken)) },
      ],
    }));
}
