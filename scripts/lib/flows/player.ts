import type { Feedback, JsonObject, JsonValue, SessionEvent } from '@dcs/engine';
import type { RecordingTable } from '../recordingTable.ts';

interface Seated {
  readonly sessionId: string;
  readonly playerId: string;
}

/** Sends commands of one player, each a few seconds after the one before. */
export function playerAt(table: RecordingTable, { sessionId, playerId }: Seated) {
  const nextCommand = () => {
    table.wait(7);
    // Unique in the session, also after a restart.
    return { sessionId, playerId, commandId: `command-${table.log(sessionId).length}` };
  };
  return {
    say: (text: string) => table.manager().act({ ...nextCommand(), input: { text } }),
    /** Plays the first or another card of the hand that the session shows. */
    playCard: async (place = 0) => {
      const present = await table.manager().present(sessionId);
      const seat = playerId === 'ann' ? 'home' : 'away';
      const card = handIn(present?.view({ seat, seesAll: false }), seat)[place];
      if (card === undefined) throw new Error(`${seat} has no card ${place}.`);
      const input = { action: { type: 'play', card } };
      return table.manager().act({ ...nextCommand(), input });
    },
    take: (seat: string) => table.manager().takeSeat({ ...nextCommand(), seat }),
    release: () => table.manager().releaseSeat(nextCommand()),
    rollBack: (toSeq: number) => table.manager().rollBack({ ...nextCommand(), toSeq }),
    close: () => table.manager().close(nextCommand()),
    think: (reply: SessionEvent | undefined, feedback: Feedback | null) =>
      table.manager().giveFeedback({ ...nextCommand(), eventId: reply?.eventId ?? '', feedback }),
    branch: async (atSeq: number): Promise<string> => {
      const made = await table.manager().branch({ ...nextCommand(), atSeq });
      if (!made.ok) throw new Error(made.message);
      return made.record.header.sessionId;
    },
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function handIn(view: JsonValue | undefined, seat: string): readonly JsonValue[] {
  const hands = isObject(view) ? view['hands'] : undefined;
  const hand = isObject(hands) ? hands[seat] : undefined;
  return Array.isArray(hand) ? hand : [];
}
