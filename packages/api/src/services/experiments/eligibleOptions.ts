import { standingOf } from '@dcs/engine';
import type { Candidate, ExperimentMoment } from '@dcs/engine';
import type { CastChoiceDto } from '../../dto.ts';
import type { EligibleOptionsDto } from '../../experimentDto.ts';
import { ApiError } from '../../errors.ts';
import { castChoice } from '../castLabels.ts';
import { hidesNpc, stagingOf } from './experimentDtos.ts';
import { variantMeant } from './variantMeant.ts';

/** What was chosen so far, and which page of the next step is wanted. */
export interface OptionsRequest {
  readonly game?: string | undefined;
  readonly pc?: string | undefined;
  /** Words that handle, name or description of a character contain. */
  readonly search: string;
  readonly limit: number;
  /** The last handle of the page before. */
  readonly cursor?: string | undefined;
}

/** How many combinations there are by something of them, in the order of their first one. */
function counted(
  candidates: readonly Candidate[],
  keyOf: (candidate: Candidate) => string | null,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/**
 * What a participant can choose from at the step that comes next: a game, then their own character, then whom to meet;
 * never all combinations at once. Empty when there is nothing to choose.
 */
export function eligibleOptions(
  moment: ExperimentMoment,
  participantId: string,
  request: OptionsRequest,
): EligibleOptionsDto {
  const next = standingOf(moment, participantId)?.next;
  const hasChoice = next?.mode === 'choice' || next?.mode === 'ready';
  const candidates =
    hasChoice && moment.plan.config.assignment.participantChooses ? next.candidates.all() : [];
  if (request.game === undefined) return games(moment, candidates);
  const asked = variantMeant(moment, request.game);
  const ofGame = candidates.filter(({ game }) => game === asked);
  const staging = stagingOf(moment.plan, asked);
  const isHidden = staging !== null && hidesNpc(staging);
  if (request.pc === undefined) {
    return characters(moment, { step: 'pc', counts: counted(ofGame, ({ pc }) => pc), isHidden }, request);
  }
  const ofPc = isHidden ? [] : ofGame.filter(({ pc }) => pc === request.pc);
  return characters(moment, { step: 'npc', counts: counted(ofPc, ({ npc }) => npc), isHidden }, request);
}

function games(moment: ExperimentMoment, candidates: readonly Candidate[]): EligibleOptionsDto {
  const counts = counted(candidates, ({ game }) => game);
  return {
    step: 'game',
    total: counts.size,
    games: [...counts].map(([game, combinations]) => {
      const file = stagingOf(moment.plan, game)?.entry.file;
      return { game, title: file?.title ?? game, description: file?.description ?? '', combinations };
    }),
    characters: [],
    hidesNpc: false,
    nextCursor: null,
  };
}

interface Choosing {
  readonly step: 'pc' | 'npc';
  readonly counts: ReadonlyMap<string, number>;
  readonly isHidden: boolean;
}

function characters(
  { plan }: ExperimentMoment,
  { step, counts, isHidden }: Choosing,
  { search, limit, cursor }: OptionsRequest,
): EligibleOptionsDto {
  const wanted = search.toLowerCase();
  const all = [...counts].flatMap(([hid, combinations]) => {
    const sheet = plan.sheets.get(hid);
    if (sheet === undefined) return [];
    const choice: CastChoiceDto = castChoice(sheet);
    const words = `${choice.hid} ${choice.label} ${choice.shortDescription}`.toLowerCase();
    return words.includes(wanted) ? [{ ...choice, combinations }] : [];
  });
  const from = cursor === undefined ? 0 : all.findIndex(({ hid }) => hid === cursor) + 1;
  if (cursor !== undefined && from === 0) {
    const message = 'This page is no longer there. Begin with the first one.';
    throw new ApiError('request/invalid-cursor', message);
  }
  const page = all.slice(from, from + limit);
  return {
    step,
    total: all.length,
    games: [],
    characters: page,
    hidesNpc: isHidden,
    nextCursor: from + limit < all.length ? (page.at(-1)?.hid ?? null) : null,
  };
}
