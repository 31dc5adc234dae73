import { z } from 'zod';
import type { StateFreezing } from '../../game/game.ts';
import type { JsonValue } from '../../json.ts';
import type { RoleplayConfig } from './config.ts';
import type { Pending, RoleplayState } from './state.ts';

/*
 * A language game's state in a snapshot. Its character sheets and its configuration are most of it, and stand in the
 * session's header.
 */

/** Raised whenever `evolveRoleplay` or the form below changes; an own state that changes its form raises it as well. */
const VERSION = 5;

const pendingSchema: z.ZodType<Pending> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opening') }),
  z.strictObject({ kind: z.literal('action'), text: z.string() }),
  z.strictObject({ kind: z.literal('rejected'), text: z.string(), reason: z.string() }),
  z.strictObject({
    kind: z.literal('objected'),
    text: z.string(),
    reply: z.string().nullable(),
    reason: z.string(),
  }),
  z.strictObject({ kind: z.literal('unplayable') }),
  z.strictObject({ kind: z.literal('exhausted') }),
  z.strictObject({ kind: z.literal('command'), name: z.string() }),
  z.strictObject({ kind: z.literal('answer'), text: z.string() }),
]);

/** `own` is parsed by its game. */
const frozenSchema = z.strictObject({
  entered: z.boolean(),
  opened: z.boolean(),
  turns: z.int().min(0),
  retryBudgetLeft: z.int().min(0),
  pending: pendingSchema.nullable(),
  transcript: z.array(z.strictObject({ speaker: z.enum(['player', 'character']), text: z.string() })),
  objective: z.string().nullable(),
  finished: z.string().nullable(),
  own: z.json(),
});

/** How language games with such an own state are kept. */
export function freezeRoleplay<Config extends RoleplayConfig, Own>(
  ownSchema: z.ZodType<Own>,
): StateFreezing<RoleplayState<Config, Own>> {
  return {
    version: VERSION,
    freeze: ({ config: _config, pc: _pc, npc: _npc, own, ...shared }): JsonValue => ({
      ...shared,
      transcript: shared.transcript.map(({ speaker, text }) => ({ speaker, text })),
      own: z.json().parse(own),
    }),
    thaw: (frozen, start) => {
      const { own, ...shared } = frozenSchema.parse(frozen);
      return { ...start, ...shared, own: ownSchema.parse(own) };
    },
  };
}
