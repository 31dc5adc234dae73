import type { ExperimentEvent, JsonObject } from '@dcs/engine';
import { timeText } from '../column.ts';
import type { Table } from '../column.ts';
import type { Pseudonyms } from '../pseudonyms.ts';

export interface ExperimentEventRow {
  readonly event: ExperimentEvent;
  /** All that the event says besides its place, its time and its type. */
  readonly data: JsonObject;
}

const textIn = (data: JsonObject, key: string): string | null => {
  const value = data[key];
  return typeof value === 'string' ? value : null;
};

export const EXPERIMENT_LOG_TABLE: Table<ExperimentEventRow> = {
  name: 'experiment_log',
  about:
    'What happened in the experiment, in order: one row for each event. The tables participants and assignments are ' +
    'what these events fold to.',
  key: ['seq'],
  columns: [
    { name: 'seq', type: 'integer', about: 'From 1, without gaps.', of: ({ event }) => event.seq },
    { name: 'at', type: 'time', about: 'When it happened.', of: ({ event }) => timeText(event.at) },
    { name: 'type', type: 'text', about: 'What happened.', of: ({ event }) => event.type },
    {
      name: 'participant',
      type: 'text',
      optional: true,
      refersTo: 'participants.participant',
      about: 'To whom it happened.',
      of: ({ data }) => textIn(data, 'participantId'),
    },
    {
      name: 'assignment_id',
      type: 'text',
      optional: true,
      refersTo: 'assignments.assignment_id',
      about: 'The assignment that it is about.',
      of: ({ data }) => textIn(data, 'assignmentId'),
    },
    {
      name: 'session_id',
      type: 'text',
      optional: true,
      refersTo: 'sessions.session_id',
      about: 'The session that it is about.',
      of: ({ data }) => textIn(data, 'sessionId'),
    },
    {
      name: 'data',
      type: 'object',
      freeText: true,
      about: 'All that the event says.',
      of: ({ data }) => data,
    },
  ],
};

export function experimentEventRow(event: ExperimentEvent, pseudonyms: Pseudonyms): ExperimentEventRow {
  const { experiment: _experiment, seq: _seq, at: _at, type: _type, ...rest } = event;
  const by = 'by' in event && event.by !== null ? { by: pseudonyms.of(event.by) } : {};
  return { event, data: { ...pseudonyms.within<JsonObject>(rest), ...by } };
}
