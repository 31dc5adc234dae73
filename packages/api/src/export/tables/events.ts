import { CONTENT_FORMATS, DIRECTIONS, EVENT_KINDS, SOURCES } from '@dcs/engine';
import type { SessionEvent } from '@dcs/engine';
import { timeText } from '../column.ts';
import type { Table } from '../column.ts';

export const EVENTS_TABLE: Table<SessionEvent> = {
  name: 'events',
  about:
    'What happened in the sessions: one row for each event, session by session, each in order. What players could not see ' +
    'is here, too.',
  key: ['session_id', 'seq'],
  isGrouped: true,
  columns: [
    {
      name: 'session_id',
      type: 'text',
      refersTo: 'sessions.session_id',
      about: 'The session.',
      of: ({ sessionId }) => sessionId,
    },
    { name: 'seq', type: 'integer', about: 'From 1 in each session, without gaps.', of: ({ seq }) => seq },
    { name: 'event_id', type: 'text', about: 'The id.', of: ({ eventId }) => eventId },
    { name: 'at', type: 'time', about: 'When it was recorded.', of: ({ at }) => timeText(at) },
    {
      name: 'turn',
      type: 'integer',
      about: 'The turn that was being played, from 1.',
      of: ({ turn }) => turn,
    },
    {
      name: 'direction',
      type: 'text',
      values: DIRECTIONS,
      about: 'Whether it came from a player (inbound), went to the players (outbound) or neither (internal).',
      of: ({ direction }) => direction,
    },
    {
      name: 'source',
      type: 'text',
      values: SOURCES,
      about: 'What it came from.',
      of: ({ source }) => source,
    },
    { name: 'kind', type: 'text', values: EVENT_KINDS, about: 'What it is.', of: ({ kind }) => kind },
    {
      name: 'format',
      type: 'text',
      values: CONTENT_FORMATS,
      about: 'How the content is to be read.',
      of: ({ format }) => format,
    },
    {
      name: 'seat',
      type: 'text',
      optional: true,
      about: 'The seat that acted or is spoken for.',
      of: ({ seat }) => seat,
    },
    {
      name: 'command',
      type: 'text',
      optional: true,
      about: 'The slash command, without the slash.',
      of: ({ command }) => command,
    },
    {
      name: 'content',
      type: 'text',
      freeText: true,
      about: 'What people read of it.',
      of: ({ content }) => content,
    },
    {
      name: 'data',
      type: 'object',
      optional: true,
      freeText: true,
      about: 'What programs read of it.',
      of: ({ data }) => data,
    },
    {
      name: 'audience',
      type: 'list',
      optional: true,
      about: 'The seats that may see it; nothing: everyone in the session.',
      of: ({ audience }) => audience,
    },
    {
      name: 'command_id',
      type: 'text',
      optional: true,
      about: 'The command that caused it.',
      of: ({ commandId }) => commandId,
    },
    {
      name: 'accepted',
      type: 'boolean',
      optional: true,
      about: 'On the event that completes a command: whether it had the effect that its sender wanted.',
      of: ({ receipt }) => receipt?.accepted ?? null,
    },
  ],
};
