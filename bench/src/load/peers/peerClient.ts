/** One client of another system, speaking as lean as its protocol allows. */
export interface PeerClient {
  /**
   * Sends a text and resolves when everything that the server makes of it has arrived. Rejects when the answer does not
   * hold what was sent, or when the connection breaks.
   */
  exchange(text: string): Promise<void>;
  close(): void;
}

/** Connects to a server on this port of the loopback address. `name` is unique on it. */
export type ConnectPeer = (port: number, name: string) => Promise<PeerClient>;

/**
 * How many turns a game has before the next one begins, as in our own benchmarks. For systems that keep what has happened:
 * without an end, what they keep would be measured.
 */
export const TURNS_PER_GAME = 500;
