import { labelWithHandle, quotaOverviews } from '@dcs/engine';
import type { ExperimentMoment, QuotaCell, QuotaOverview } from '@dcs/engine';
import type { QuotaFillDto, QuotaPartDto } from '../../quotaDto.ts';

type Moment = Pick<ExperimentMoment, 'plan' | 'state' | 'now'>;

/** Longer lists are no drawing. */
const MOST_COMBINATIONS = 60;

/** Where a quota was lowered, more are there than it asks for; they fill no place of another combination. */
function addedUp(game: string | null, cells: readonly QuotaCell[], quota: number): QuotaPartDto {
  const taken = cells.reduce((sum, cell) => sum + Math.min(cell.taken, quota), 0);
  return { game, pc: null, npc: null, npcLabel: null, places: quota * cells.length, taken };
}

function partsOf({ plan }: Moment, { kind, quota, cells }: QuotaOverview): readonly QuotaPartDto[] {
  if (kind === 'perCombination' && cells.length > MOST_COMBINATIONS) {
    return [...Map.groupBy(cells, ({ game }) => game)].map(([game, ofGame]) => addedUp(game, ofGame, quota));
  }
  return cells.map((cell) => {
    const sheet = cell.npc === null ? undefined : plan.sheets.get(cell.npc);
    return { ...cell, npcLabel: sheet === undefined ? cell.npc : labelWithHandle(sheet), places: quota };
  });
}

/** How far each quota of an experiment is filled. */
export function quotaFills(moment: Moment): readonly QuotaFillDto[] {
  return quotaOverviews(moment).map((overview) => {
    const { kind, quota, cells } = overview;
    return { kind, quota, cells: cells.length, parts: partsOf(moment, overview) };
  });
}
