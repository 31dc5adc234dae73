import { z } from 'zod';

/*
 * What the load generator relies on in the server's answers. Calls that are made once are parsed in full; the frames of
 * a running game are only looked at, see player.ts.
 */

export const newKeySchema = z.object({ accessKey: z.string() });
export const createdSchema = z.object({ sessionId: z.string() });

export const replySchema = z.object({ accepted: z.boolean(), exited: z.boolean(), lastSeq: z.number() });
export type Reply = z.infer<typeof replySchema>;

const seenEventSchema = z.object({ seq: z.number(), eventId: z.string(), content: z.string() });

/** An event as far as it is compared between what a player saw and what the log holds. */
export type SeenEvent = z.infer<typeof seenEventSchema>;

export const transcriptSchema = z.object({
  events: z.array(seenEventSchema),
  hasMore: z.boolean(),
});
