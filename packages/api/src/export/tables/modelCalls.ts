import { MODEL_ROLES } from '@dcs/engine';
import { CALL_OUTCOMES } from '../../store/ports.ts';
import type { ModelCall } from '../../store/ports.ts';
import { timeText } from '../column.ts';
import type { Table } from '../column.ts';

export const MODEL_CALLS_TABLE: Table<ModelCall> = {
  name: 'model_calls',
  about:
    'What was asked of models behind providers, and what it took: one row for each call, in the order in which they ' +
    'began. What was said is in the table events.',
  key: ['call_id'],
  columns: [
    { name: 'call_id', type: 'text', about: 'The id.', of: ({ callId }) => callId },
    {
      name: 'session_id',
      type: 'text',
      optional: true,
      refersTo: 'sessions.session_id',
      about: 'For which session.',
      of: ({ occasion }) => occasion?.sessionId ?? null,
    },
    {
      name: 'turn',
      type: 'integer',
      optional: true,
      about: 'For which turn of it.',
      of: ({ occasion }) => occasion?.turn ?? null,
    },
    {
      name: 'after_seq',
      type: 'integer',
      optional: true,
      about: 'After which event of it; what came of the call stands behind.',
      of: ({ occasion }) => occasion?.afterSeq ?? null,
    },
    { name: 'at', type: 'time', about: 'When it began.', of: ({ at }) => timeText(at) },
    {
      name: 'role',
      type: 'text',
      values: MODEL_ROLES,
      about: 'What the model was asked as.',
      of: ({ role }) => role,
    },
    { name: 'task', type: 'text', about: 'What it was asked for.', of: ({ task }) => task },
    { name: 'provider', type: 'text', about: 'Through whom it was asked.', of: ({ provider }) => provider },
    { name: 'model', type: 'text', about: 'As the provider names it.', of: ({ model }) => model },
    {
      name: 'prompt_version',
      type: 'text',
      about: 'Of the prompts.',
      of: ({ promptVersion }) => promptVersion,
    },
    {
      name: 'prompt_hash',
      type: 'text',
      about: 'SHA-256 of the prompt, in hexadecimal.',
      of: ({ promptHash }) => promptHash,
    },
    {
      name: 'parameters',
      type: 'object',
      about: 'What was sent beside the prompt.',
      of: ({ parameters }) => parameters,
    },
    { name: 'input_tokens', type: 'integer', about: 'Tokens read.', of: ({ inputTokens }) => inputTokens },
    {
      name: 'output_tokens',
      type: 'integer',
      about: 'Tokens written.',
      of: ({ outputTokens }) => outputTokens,
    },
    {
      name: 'estimated',
      type: 'boolean',
      about: 'Whether the tokens are counted from the length of the texts.',
      of: ({ isEstimated }) => isEstimated,
    },
    {
      name: 'cost_usd',
      type: 'number',
      optional: true,
      about: 'US dollars; nothing when nobody knows.',
      of: ({ costUsd }) => costUsd,
    },
    {
      name: 'first_byte_ms',
      type: 'number',
      optional: true,
      about: 'Milliseconds until the first byte; nothing when none came.',
      of: ({ firstByteMs }) => firstByteMs,
    },
    { name: 'total_ms', type: 'number', about: 'Milliseconds in all.', of: ({ totalMs }) => totalMs },
    {
      name: 'outcome',
      type: 'text',
      values: CALL_OUTCOMES,
      about: 'ok, or why there was no answer.',
      of: ({ outcome }) => outcome,
    },
  ],
};
