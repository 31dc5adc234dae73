import { setTimeout as pause } from 'node:timers/promises';
import { differences } from './audit.ts';
import { openLine } from './line.ts';
import type { Line } from './line.ts';
import { LONGEST_GAME } from './longestGame.ts';
import { createSessionReader } from './sessionReader.ts';
import type { SessionReader } from './sessionReader.ts';
import { createdSchema, replySchema } from './shapes.ts';
import type { Reply } from './shapes.ts';

/** Somebody with a session of their own, whose line may break at any time and who comes back. */
export interface Attendee {
  /** Connects and reads everything that was not read yet. */
  connect(url: string): Promise<void>;
  /** Plays turn after turn until the line breaks. The last command is then without an answer. */
  playUntilCut(): Promise<void>;
  /** Sends an action and does not wait for what comes of it. */
  sendOff(): void;
  /** Loses the line. */
  cut(): void;
  /**
   * Connects again, as often as it takes, sends the unanswered command once more under the same id, and reads on after the
   * last event received. Resolves with the number of attempts that failed when the answer and all its events are here.
   */
  comeBack(url: string): Promise<number>;
  /** How many of the events received, or of those that should have been, are missing or different in the log. */
  lostEvents(): Promise<number>;
  disconnect(): Promise<void>;
}

export interface AttendeeOptions {
  readonly url: string;
  readonly accessKey: string;
  readonly name: string;
}

const RETRY_MS = 50;
const MOST_ATTEMPTS = 500;

async function openedSession({ url, accessKey, name }: AttendeeOptions): Promise<string> {
  const line = await openLine(url, accessKey);
  try {
    const request = { game: 'explore', config: LONGEST_GAME, commandId: name };
    const { sessionId } = createdSchema.parse(await line.mutate('play.create', request));
    replySchema.parse(await line.mutate('play.open', { sessionId }));
    return sessionId;
  } finally {
    line.close();
  }
}

/** Has a session created and opened, and hangs up. */
export async function createAttendee(options: AttendeeOptions): Promise<Attendee> {
  const { accessKey, name } = options;
  const sessionId = await openedSession(options);
  let gaps = 0;
  const reader = createSessionReader({ sessionId, keep: true, onFault: () => void (gaps += 1) });
  let line: Line | null = null;
  let commands = 0;

  function connected(): Line {
    if (line === null) throw new Error(`${name} is not connected.`);
    return line;
  }

  async function connect(url: string): Promise<void> {
    line = await openLine(url, accessKey);
    await reader.follow(line).started;
    await arrived(reader, line, 1);
  }

  function send(): Promise<unknown> {
    const commandId = `${name}-${commands}`;
    return connected().mutate('play.act', { sessionId, commandId, text: `I wave. (${commands})` });
  }

  /** The present command, until all of it has arrived. */
  async function settle(): Promise<void> {
    const reply = (await send()) as Reply;
    if (!reply.accepted) throw new Error(`${name}: a command was not accepted.`);
    await arrived(reader, connected(), reply.lastSeq);
  }

  return {
    connect,
    playUntilCut: async () => {
      try {
        for (;;) {
          commands += 1;
          await settle();
        }
      } catch {
        // What went wrong, if it was not the cut, shows when the command is sent again.
        connected().cut();
      }
    },
    sendOff: () => {
      commands += 1;
      // Without an answer by intention: the line is cut, and the same command is sent again.
      send().catch(() => undefined);
    },
    cut: () => connected().cut(),
    comeBack: async (url) => {
      for (let failed = 0; ; failed++) {
        try {
          await connect(url);
          await settle();
          return failed;
        } catch (error) {
          line?.cut();
          if (failed === MOST_ATTEMPTS) throw error;
          await pause(RETRY_MS);
        }
      }
    },
    lostEvents: async () => gaps + (await differences(connected(), reader)),
    disconnect: async () => {
      line?.close();
      await line?.closed;
    },
  };
}

/** Until everything up to `seq` is here. Rejects when the line breaks before. */
async function arrived(reader: SessionReader, line: Line, seq: number): Promise<void> {
  await Promise.race([
    new Promise<void>((resolve) => reader.reached(seq, resolve)),
    line.closed.then(() => {
      throw new Error('The line broke.');
    }),
  ]);
}
