import { openAccounts } from './accounts.ts';
import { inParallel } from './inParallel.ts';
import { openLine } from './line.ts';
import type { Line } from './line.ts';
import { patiently } from './patience.ts';
import { createPlayer } from './player.ts';
import type { Player, PlayerOptions } from './player.ts';

/** Players at the table, each with an account, a connection and a session of its own. */
export interface Crowd extends AsyncDisposable {
  readonly players: readonly Player[];
  /** Compares what a sample of the players received with the log. Throws on the first difference. */
  audit(): Promise<void>;
  /** Everyone ends their session, so that nothing is left to be done about it later. */
  finish(): Promise<void>;
}

export interface CrowdOptions {
  readonly url: string;
  readonly count: number;
  /** Names are in command ids, which must differ between crowds of one server. */
  readonly name: string;
  readonly config?: PlayerOptions['config'];
  /** For each player one that sees all that reaches them. */
  readonly watcher?: () => NonNullable<PlayerOptions['onFrame']>;
}

const AT_ONCE = 32;
/** How many players keep what they receive, to be compared with the log. */
const SAMPLE = 10;

/** Seats a crowd. Resolves when everyone has read the opening of their session. */
export async function gather({ url, count, name, config, watcher }: CrowdOptions): Promise<Crowd> {
  const keys = await openAccounts(url, count);
  const every = Math.ceil(count / SAMPLE);
  const lines: Line[] = [];
  const isSampled = (index: number): boolean => index % every === 0;
  const players = await inParallel({ count, width: AT_ONCE }, async (index) => {
    const line = await openLine(url, keys[index] ?? null);
    lines.push(line);
    const player = createPlayer({
      line,
      name: `${name}-${index}`,
      keep: isSampled(index),
      config,
      onFrame: watcher?.(),
    });
    await patiently(`${name} sits down`, player.sit());
    return player;
  });
  return {
    players,
    audit: async () => {
      await Promise.all(players.filter((_, index) => isSampled(index)).map((player) => player.audit()));
    },
    finish: async () => {
      await inParallel({ count, width: AT_ONCE }, async (index) => players[index]?.finish());
    },
    [Symbol.asyncDispose]: async () => {
      for (const line of lines) line.close();
      await Promise.all(lines.map(({ closed }) => closed));
    },
  };
}
