import type { TranscriptLine } from '../../models/scene.ts';
import type { SessionEvent } from '../../session/event.ts';
import type { RoleplayConfig } from './config.ts';
import { RULE_BROKEN } from './notices.ts';
import { TRANSCRIPT_LINES } from './state.ts';
import type { Pending, RoleplayState } from './state.ts';

type State<Config extends RoleplayConfig, Own> = RoleplayState<Config, Own>;

const stringIn = (event: SessionEvent, key: string): string | null => {
  const value = event.data?.[key];
  return typeof value === 'string' ? value : null;
};

function remember(
  transcript: readonly TranscriptLine[],
  lines: readonly TranscriptLine[],
): readonly TranscriptLine[] {
  return [...transcript, ...lines].slice(-TRANSCRIPT_LINES);
}

function onCharacterMessage<C extends RoleplayConfig, O>(
  state: State<C, O>,
  event: SessionEvent,
): State<C, O> {
  const line: TranscriptLine = { speaker: 'character', text: event.content };
  const turns = state.turns + 1;
  if (event.data?.['opening'] === true) {
    return { ...state, opened: true, turns, pending: null, transcript: remember(state.transcript, [line]) };
  }
  const { pending } = state;
  const action: readonly TranscriptLine[] =
    pending?.kind === 'action' || pending?.kind === 'objected'
      ? [{ speaker: 'player', text: pending.text }]
      : [];
  return { ...state, turns, pending: null, transcript: remember(state.transcript, [...action, line]) };
}

function onError<C extends RoleplayConfig, O>(state: State<C, O>, event: SessionEvent): State<C, O> {
  if (stringIn(event, 'reason') !== RULE_BROKEN) return { ...state, pending: null };
  const retryBudgetLeft = Math.max(0, state.retryBudgetLeft - 1);
  return { ...state, retryBudgetLeft, pending: retryBudgetLeft === 0 ? { kind: 'exhausted' } : null };
}

function onNotice<C extends RoleplayConfig, O>(state: State<C, O>, event: SessionEvent): State<C, O> {
  if (event.data?.['entered'] === true) return { ...state, entered: true, pending: { kind: 'opening' } };
  return { ...state, pending: null, finished: stringIn(event, 'finished') ?? state.finished };
}

/** What a rejection leaves to be done, by whose text was rejected. */
function afterViolation(pending: Pending | null, event: SessionEvent): Pending | null {
  const reason = stringIn(event, 'reason') ?? '';
  if (event.source === 'player') {
    return pending?.kind === 'action' ? { kind: 'rejected', text: pending.text, reason } : pending;
  }
  switch (pending?.kind) {
    case 'action':
      return { kind: 'objected', text: pending.text, reply: stringIn(event, 'reply'), reason };
    case 'objected':
      return { kind: 'unplayable' };
    default:
      return pending;
  }
}

/** Folds what all language games share. `isAnswer` tells whether the player's text answers a question of the game. */
export function evolveRoleplay<C extends RoleplayConfig, O>(
  state: State<C, O>,
  event: SessionEvent,
  isAnswer: boolean,
): State<C, O> {
  switch (event.kind) {
    case 'message':
      if (event.direction === 'outbound') return onCharacterMessage(state, event);
      if (isAnswer) return { ...state, pending: { kind: 'answer', text: event.content } };
      // A game may take more than the action from a text; then the action stands apart.
      return { ...state, pending: { kind: 'action', text: stringIn(event, 'action') ?? event.content } };
    case 'command':
      if (event.direction === 'outbound') return onNotice(state, event);
      return { ...state, pending: { kind: 'command', name: event.command ?? '' } };
    case 'info':
    case 'warning':
      return onNotice(state, event);
    case 'error':
      return onError(state, event);
    case 'validation_violation':
      return { ...state, pending: afterViolation(state.pending, event) };
    case 'fact':
      return { ...state, objective: stringIn(event, 'objective') ?? state.objective };
    case 'action':
    case 'feedback':
    case 'evaluation':
    case 'session_start':
    case 'session_paused':
    case 'session_resumed':
    case 'session_held':
    case 'session_released':
    case 'announcement':
    case 'session_end':
    case 'seat_taken':
    case 'seat_released':
    case 'rolled_back':
    case 'branched':
      return state;
    default: {
      const unreachable: never = event.kind;
      return unreachable;
    }
  }
}
