import { SESSION_STATUSES } from '@dcs/engine';
import type { Attempt, JsonObject, JsonValue, Outcome, SessionHeader, SessionSummary } from '@dcs/engine';
import { timeText, timeTextOrNull } from '../column.ts';
import type { Table } from '../column.ts';

/** What the events of a session fold to. */
export interface SessionResult {
  readonly summary: Pick<SessionSummary, 'status' | 'turns' | 'endedAt' | 'terminationReason'>;
  readonly playedSeconds: number;
  readonly outcome: Outcome | null;
  readonly stateHash: string;
}

export interface SessionRow {
  readonly sessionId: string;
  readonly assignmentId: string;
  readonly participant: string;
  readonly variant: string;
  /** All attempts at the assignment that were made in this session, the first one first. */
  readonly attempts: readonly Attempt[];
  /** From 1, among the sessions of the assignment. */
  readonly position: number;
  /** With pseudonyms. */
  readonly header: SessionHeader;
  readonly lastSeq: number;
  /** `null` where the game in this configuration, or one of its characters, is not known here. */
  readonly result: SessionResult | null;
}

/** JSON as it would be read again: what is `undefined` is not there. */
const plain = (value: object): JsonObject => JSON.parse(JSON.stringify(value));
const plainList = (value: readonly unknown[]): readonly JsonValue[] => JSON.parse(JSON.stringify(value));

export const SESSIONS_TABLE: Table<SessionRow> = {
  name: 'sessions',
  about:
    'What was played: one row for each session of an assignment, with all but the seed that its events are folded from.',
  key: ['session_id'],
  columns: [
    { name: 'session_id', type: 'text', about: 'The id.', of: ({ sessionId }) => sessionId },
    {
      name: 'assignment_id',
      type: 'text',
      refersTo: 'assignments.assignment_id',
      about: 'What was played.',
      of: ({ assignmentId }) => assignmentId,
    },
    {
      name: 'participant',
      type: 'text',
      refersTo: 'participants.participant',
      about: 'Who played.',
      of: ({ participant }) => participant,
    },
    {
      name: 'position',
      type: 'integer',
      about: 'From 1, among the sessions of the assignment.',
      of: ({ position }) => position,
    },
    { name: 'variant', type: 'text', about: 'The variant of the game.', of: ({ variant }) => variant },
    { name: 'game', type: 'text', about: 'The game.', of: ({ header }) => header.game },
    {
      name: 'game_version',
      type: 'text',
      about: 'The version of the file of the game.',
      of: ({ header }) => header.gameVersion,
    },
    {
      name: 'source',
      type: 'text',
      about: 'Where it was started from, such as web or api.',
      of: ({ header }) => header.source,
    },
    {
      name: 'created_at',
      type: 'time',
      about: 'When the session was created.',
      of: ({ header }) => timeText(header.createdAt),
    },
    {
      name: 'started_at',
      type: 'time',
      about: 'When the assignment was first begun in it.',
      of: ({ attempts, header }) => timeText(attempts[0]?.startedAt ?? header.createdAt),
    },
    {
      name: 'status',
      type: 'text',
      values: SESSION_STATUSES,
      optional: true,
      about: 'Whether it is played (active), rests (paused) or is over (closed), as of last_seq.',
      of: ({ result }) => result?.summary.status ?? null,
    },
    {
      name: 'ended_at',
      type: 'time',
      optional: true,
      about: 'When it ended, as of last_seq.',
      of: ({ result }) => timeTextOrNull(result?.summary.endedAt ?? null),
    },
    {
      name: 'reason',
      type: 'text',
      optional: true,
      about: 'Why it ended, in its normal form.',
      of: ({ result }) => result?.summary.terminationReason ?? null,
    },
    {
      name: 'turns',
      type: 'integer',
      optional: true,
      about: 'Turns completed, the opening included, and those of a session that it goes on from.',
      of: ({ result }) => result?.summary.turns ?? null,
    },
    {
      name: 'played_seconds',
      type: 'integer',
      optional: true,
      about:
        'Time played until the last event, pauses excluded, in whole seconds; with that of a session that it goes on from.',
      of: ({ result }) => result?.playedSeconds ?? null,
    },
    {
      name: 'outcome',
      type: 'text',
      values: ['won', 'draw', 'lost'],
      optional: true,
      about: 'Who has won, in a game that can be won and is over; lost when nobody has.',
      of: ({ result }) => result?.outcome?.kind ?? null,
    },
    {
      name: 'winner',
      type: 'text',
      optional: true,
      about: 'The seat that has won.',
      of: ({ result }) => (result?.outcome?.kind === 'won' ? result.outcome.seat : null),
    },
    {
      name: 'owner',
      type: 'text',
      about: 'The pseudonym of whoever created it.',
      of: ({ header }) => header.ownerId,
    },
    {
      name: 'cast',
      type: 'object',
      about:
        'Which character the seats play, by handle and revision; the sheets are in the table characters.',
      of: ({ header }) => plain(header.cast),
    },
    {
      name: 'seats',
      type: 'object',
      about: 'Who held which seat when it was created; changes are events.',
      of: ({ header }) => plain(header.seats),
    },
    {
      name: 'config',
      type: 'object',
      about: 'The configuration of the game.',
      of: ({ header }) => header.config,
    },
    {
      name: 'stopping_conditions',
      type: 'list',
      about: 'The limits at which it ends by itself.',
      of: ({ header }) => plainList(header.stoppingConditions),
    },
    {
      name: 'models',
      type: 'object',
      optional: true,
      about: 'The models that were to be asked; nothing where that was left to the settings of the server.',
      of: ({ header }) => (header.models === undefined ? null : plain(header.models)),
    },
    {
      name: 'flags',
      type: 'list',
      optional: true,
      about: 'Numbers of the changes of what logs fold to that were in force when it was created.',
      of: ({ header }) => header.flags ?? null,
    },
    {
      name: 'parent_session_id',
      type: 'text',
      optional: true,
      about: 'The session that broke off, where this one goes on from it: it begins with a copy of it.',
      of: ({ header }) => header.parent?.sessionId ?? null,
    },
    {
      name: 'parent_seq',
      type: 'integer',
      optional: true,
      about:
        'After which event of that session. Events with a seq up to this one are copies, and stand there too.',
      of: ({ header }) => header.parent?.seq ?? null,
    },
    {
      name: 'last_seq',
      type: 'integer',
      about: 'The number of its last event here: it is told as of this event.',
      of: ({ lastSeq }) => lastSeq,
    },
    {
      name: 'state_hash',
      type: 'text',
      optional: true,
      about: 'SHA-256 of the state to which its events here fold; dcs verify folds them again.',
      of: ({ result }) => result?.stateHash ?? null,
    },
  ],
};
