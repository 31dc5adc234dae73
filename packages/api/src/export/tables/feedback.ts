import type { GivenFeedback } from '@dcs/engine';
import { timeText } from '../column.ts';
import type { Table } from '../column.ts';

/** With a pseudonym. */
export interface FeedbackRow extends GivenFeedback {
  readonly sessionId: string;
}

export const FEEDBACK_TABLE: Table<FeedbackRow> = {
  name: 'feedback',
  about:
    'What players think of replies that still count: one row for each opinion, as it was given last. A session that goes on ' +
    'from another has the opinions of what was copied, too; there reply_seq is at most its parent_seq.',
  key: ['session_id', 'reply_seq', 'player'],
  columns: [
    {
      name: 'session_id',
      type: 'text',
      refersTo: 'sessions.session_id',
      about: 'The session.',
      of: ({ sessionId }) => sessionId,
    },
    {
      name: 'reply_seq',
      type: 'integer',
      about: 'The event that is the reply.',
      of: ({ replySeq }) => replySeq,
    },
    {
      name: 'player',
      type: 'text',
      about: 'Whose opinion it is: a participant, or somebody else who held a seat.',
      of: ({ playerId }) => playerId,
    },
    { name: 'at', type: 'time', about: 'When it was given.', of: ({ at }) => timeText(at) },
    { name: 'liked', type: 'boolean', about: 'Whether the reply is liked.', of: ({ liked }) => liked },
    {
      name: 'doesnt_make_sense',
      type: 'boolean',
      about: 'Whether it makes no sense.',
      of: ({ doesntMakeSense }) => doesntMakeSense,
    },
    {
      name: 'out_of_character',
      type: 'boolean',
      about: 'Whether it is out of character.',
      of: ({ outOfCharacter }) => outOfCharacter,
    },
    { name: 'other', type: 'boolean', about: 'Whether something else is wrong.', of: ({ other }) => other },
    { name: 'comment', type: 'text', freeText: true, about: 'In their words.', of: ({ comment }) => comment },
  ],
};
