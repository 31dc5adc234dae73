import { expressiveChannels, noticeableChannels, perceivedChannels } from './channels.ts';
import type { Channels } from './channels.ts';
import type { CharacterSheet } from './character.schema.ts';

export const PAIR_WARNING_REASONS = [
  'pair/same-character',
  'pair/not-pc-eligible',
  'pair/npc-perceives-nothing',
  'pair/pc-perceives-nothing',
  'pair/no-shared-channel',
] as const;
export type PairWarningReason = (typeof PAIR_WARNING_REASONS)[number];

/** What is doubtful about two characters in one session. They may be played together all the same. */
export interface PairWarning {
  readonly reason: PairWarningReason;
  /** For players: it tells that something is missing between the two, and not what. */
  readonly message: string;
}

/** The words for each reason. */
export const PAIR_WARNING_MESSAGES: Readonly<Record<PairWarningReason, string>> = {
  'pair/same-character': 'Both are the same character: it would meet itself.',
  'pair/not-pc-eligible':
    'This character is not meant to be played by a player: it can hardly act within a turn.',
  'pair/npc-perceives-nothing': 'By its sheet, the other perceives nothing of what your character does.',
  'pair/pc-perceives-nothing': 'By its sheet, your character perceives nothing of what the other does.',
  'pair/no-shared-channel':
    'Neither has a way to tell the other anything. What passes between them is what each notices of the other.',
};

const meet = (sent: Channels, received: Channels): boolean =>
  [...sent].some((channel) => received.has(channel));

function perceptionReasons(pc: CharacterSheet, npc: CharacterSheet): PairWarningReason[] {
  const reasons: PairWarningReason[] = [];
  if (!meet(noticeableChannels(pc), perceivedChannels(npc))) reasons.push('pair/npc-perceives-nothing');
  if (!meet(noticeableChannels(npc), perceivedChannels(pc))) reasons.push('pair/pc-perceives-nothing');
  if (reasons.length > 0) return reasons;
  const canTell =
    meet(expressiveChannels(pc), perceivedChannels(npc)) ||
    meet(expressiveChannels(npc), perceivedChannels(pc));
  return canTell ? [] : ['pair/no-shared-channel'];
}

/** Everything to know before `pc`, played by a player, meets `npc`, played by a model. Empty for most. */
export function pairWarnings(pc: CharacterSheet, npc: CharacterSheet): readonly PairWarning[] {
  const reasons: PairWarningReason[] = [
    ...(pc.hid === npc.hid ? (['pair/same-character'] as const) : []),
    ...(pc.pcEligible ? [] : (['pair/not-pc-eligible'] as const)),
    // Of itself a character perceives what it perceives of anyone like it.
    ...perceptionReasons(pc, npc),
  ];
  return reasons.map((reason) => ({ reason, message: PAIR_WARNING_MESSAGES[reason] }));
}
