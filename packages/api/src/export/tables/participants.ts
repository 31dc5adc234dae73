import { PARTICIPANT_KINDS } from '@dcs/engine';
import type { ExperimentState, JsonObject, Participant } from '@dcs/engine';
import { timeText, timeTextOrNull } from '../column.ts';
import type { Column, Table } from '../column.ts';
import type { Pseudonyms } from '../pseudonyms.ts';

interface PersonalPart {
  readonly playerId: string;
  /** `null` where the experiment gives none. */
  readonly completionCode: string | null;
  readonly registration: JsonObject;
}

export interface ParticipantRow {
  /** The pseudonym. */
  readonly participant: string;
  readonly known: Participant;
  readonly completed: number;
  /** `null` in an export without personal data. */
  readonly personal: PersonalPart | null;
}

const COLUMNS: readonly Column<ParticipantRow>[] = [
  {
    name: 'participant',
    type: 'text',
    about: 'The pseudonym: p and the number. The same in all tables and all exports of the experiment.',
    of: (row) => row.participant,
  },
  {
    name: 'number',
    type: 'integer',
    about: 'From 1, in the order in which they came.',
    of: ({ known }) => known.number,
  },
  {
    name: 'kind',
    type: 'text',
    about: 'Whether a person takes part, or a model.',
    values: PARTICIPANT_KINDS,
    of: ({ known }) => known.kind,
  },
  {
    name: 'model',
    type: 'text',
    optional: true,
    about: 'Which model takes part; empty for people.',
    of: ({ known }) => known.model,
  },
  { name: 'joined_at', type: 'time', about: 'When they came.', of: ({ known }) => timeText(known.joinedAt) },
  {
    name: 'last_at',
    type: 'time',
    about: 'When something last happened to them in the experiment, moves in a session left aside.',
    of: ({ known }) => timeText(known.lastAt),
  },
  {
    name: 'withdrawn_at',
    type: 'time',
    optional: true,
    about: 'When they withdrew.',
    of: ({ known }) => timeTextOrNull(known.withdrawnAt),
  },
  {
    name: 'assigned',
    type: 'integer',
    about: 'How many assignments they were given.',
    of: ({ known }) => known.assignmentIds.length,
  },
  {
    name: 'completed',
    type: 'integer',
    about: 'How many of them they completed.',
    of: ({ completed }) => completed,
  },
  {
    name: 'expertise',
    type: 'list',
    freeText: true,
    about: 'Words of their answers by which characters are matched.',
    of: ({ known }) => known.expertise,
  },
];

const PERSONAL_COLUMNS: readonly Column<ParticipantRow>[] = [
  {
    name: 'player_id',
    type: 'text',
    personal: true,
    about: 'Their id on this server, the same in all experiments.',
    of: ({ personal }) => personal?.playerId ?? '',
  },
  {
    name: 'completion_code',
    type: 'text',
    personal: true,
    optional: true,
    about:
      'The code that they get once they have done everything, by the configuration in force; the same for all where it is a ' +
      'shared one. Whoever they gave it to, such as a panel, knows them by it.',
    of: ({ personal }) => personal?.completionCode ?? null,
  },
  {
    name: 'registration',
    type: 'object',
    personal: true,
    freeText: true,
    about: 'What they said when they registered; empty for those who came anonymously or were forgotten.',
    of: ({ personal }) => personal?.registration ?? {},
  },
];

export const participantsTable = ({ personal }: { readonly personal: boolean }): Table<ParticipantRow> => ({
  name: 'participants',
  about: 'Who takes part: one row for each participant, in the order in which they came.',
  key: ['participant'],
  columns: personal ? [...COLUMNS, ...PERSONAL_COLUMNS] : COLUMNS,
});

/** All that the log says. */
export function participantRow(
  { assignments }: Pick<ExperimentState, 'assignments'>,
  known: Participant,
  pseudonyms: Pseudonyms,
): ParticipantRow {
  const completed = known.assignmentIds.filter((id) => assignments.get(id)?.status === 'completed').length;
  return {
    participant: pseudonyms.of(known.participantId),
    known,
    completed,
    personal: null,
  };
}
