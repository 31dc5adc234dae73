import { actionText } from './actionText.ts';
import { audit } from './audit.ts';
import type { Line } from './line.ts';
import { LONGEST_GAME } from './longestGame.ts';
import type { GameConfig } from './longestGame.ts';
import { createSessionReader } from './sessionReader.ts';
import type { SessionReader, SessionReaderOptions } from './sessionReader.ts';
import { createdSchema, replySchema } from './shapes.ts';
import type { Reply } from './shapes.ts';

/** Somebody who plays one session after the other, as fast as asked. */
export interface Player {
  /** Creates a session, opens it and follows it. Resolves when the opening has been read. */
  sit(): Promise<void>;
  /**
   * Plays one turn and resolves with what the player felt, in milliseconds: from sending the action until both the reply
   * to the command and every event it caused have arrived. Sits down to another session when this one is over.
   */
  turn(): Promise<number>;
  /** Compares all that was received of the present session with its log. Throws on the first difference. */
  audit(): Promise<void>;
  /** The session being played, and the seq of its last event that arrived. */
  readonly sessionId: string;
  readonly lastSeq: number;
  /** Ends the present session. */
  finish(): Promise<void>;
}

export interface PlayerOptions {
  readonly line: Line;
  readonly name: string;
  /** Keeps what it receives for `audit`. */
  readonly keep: boolean;
  /** Left out, the longest game. */
  readonly config?: GameConfig | undefined;
  readonly onFrame?: SessionReaderOptions['onFrame'];
}

export function createPlayer({ line, name, keep, config, onFrame }: PlayerOptions): Player {
  let sessionId = '';
  let reader: SessionReader | null = null;
  let leave: () => void = () => undefined;
  let commands = 0;
  let games = 0;
  let fault: Error | null = null;
  let fail: (fault: Error) => void = () => undefined;

  function onFault(found: Error): void {
    fault = found;
    fail(found);
  }

  function current(): SessionReader {
    if (reader === null) throw new Error('The player has not sat down.');
    return reader;
  }

  async function sit(): Promise<void> {
    leave();
    games += 1;
    const request = { game: 'explore', config: config ?? LONGEST_GAME, commandId: `${name}-${games}` };
    ({ sessionId } = createdSchema.parse(await line.mutate('play.create', request)));
    reader = createSessionReader({ sessionId, keep, onFrame, onFault });
    const subscription = reader.follow(line);
    await subscription.started;
    leave = () => subscription.stop();
    const opened = replySchema.parse(await line.mutate('play.open', { sessionId }));
    await arrived(reader, opened);
  }

  function arrived(reader: SessionReader, reply: Reply): Promise<void> {
    if (!reply.accepted) throw new Error(`${name}: a command was not accepted.`);
    return new Promise((resolve, reject) => {
      fail = reject;
      if (fault !== null) reject(fault);
      reader.reached(reply.lastSeq, resolve);
    });
  }

  return {
    sit,
    turn: async () => {
      commands += 1;
      const startedAt = performance.now();
      const input = { sessionId, commandId: `${name}-${commands}`, text: actionText(commands) };
      const reply = (await line.mutate('play.act', input)) as Reply;
      await arrived(current(), reply);
      const latency = performance.now() - startedAt;
      if (reply.exited) await sit();
      return latency;
    },
    audit: () => audit(line, current()),
    get sessionId() {
      return sessionId;
    },
    get lastSeq() {
      return current().lastSeq;
    },
    finish: async () => {
      leave();
      await line.mutate('play.close', { sessionId, commandId: `${name}-close-${games}` });
    },
  };
}
