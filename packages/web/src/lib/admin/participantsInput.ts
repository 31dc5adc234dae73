import { STAGE_WORDS } from '#lib/admin/experimentWords.ts';
import type { ParticipantStage } from '#lib/admin/experimentWords.ts';
import { listAddress, PAGE } from '#lib/admin/listAddress.ts';

/** By what participants are ordered. */
export const ORDER_WORDS = {
  number: 'Who came first',
  lastAt: 'Who did something last',
  completed: 'Who has completed most',
} as const;

type ParticipantOrder = keyof typeof ORDER_WORDS;

export interface ParticipantsInput {
  readonly stage?: ParticipantStage;
  readonly search: string;
  readonly order: ParticipantOrder;
  readonly limit: number;
  readonly cursor?: string;
}

const MOST_SEARCH = 100;
const CURSOR = /^[1-9]\d{0,6}$/;

const isStage = (text: string): text is ParticipantStage => Object.hasOwn(STAGE_WORDS, text);
const isOrder = (text: string): text is ParticipantOrder => Object.hasOwn(ORDER_WORDS, text);

/** What an address asks for; everybody in the order in which they came where it asks for nothing that there is. */
export function readParticipantsInput(asked: URLSearchParams): ParticipantsInput {
  const stage = asked.get('stage') ?? '';
  const order = asked.get('order') ?? '';
  const cursor = asked.get('cursor') ?? '';
  return {
    ...(isStage(stage) ? { stage } : {}),
    search: (asked.get('search') ?? '').trim().slice(0, MOST_SEARCH),
    order: isOrder(order) ? order : 'number',
    limit: PAGE,
    ...(CURSOR.test(cursor) ? { cursor } : {}),
  };
}

/** The address of another page of the same list. */
export function addressOf({ stage, search, order }: ParticipantsInput, offset: number): string {
  return listAddress({
    stage,
    search,
    order: order === 'number' ? null : order,
    cursor: offset > 0 ? String(offset) : null,
  });
}

/** How many participants come before a page. */
export const offsetOf = ({ cursor }: ParticipantsInput): number => Number(cursor ?? 0);
