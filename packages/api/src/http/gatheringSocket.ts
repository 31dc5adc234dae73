import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';

type Sent = (error?: Error) => void;
type SendOptions = Parameters<WebSocket['send']>[1];

/**
 * A WebSocket that writes what it sends within one turn of the event loop in one system call: the reply to a command,
 * its events and the end of its turn become ready together.
 */
export class GatheringSocket extends WebSocket {
  #line: Duplex | null = null;
  #isGathering = false;

  /** The connection that it writes to. */
  gatherOn(line: Duplex): void {
    this.#line = line;
  }

  override send(data: Parameters<WebSocket['send']>[0], options?: SendOptions | Sent, sent?: Sent): void {
    this.#gather();
    if (typeof options === 'function') super.send(data, options);
    else super.send(data, options ?? {}, sent);
  }

  #gather(): void {
    const line = this.#line;
    if (line === null || this.#isGathering) return;
    this.#isGathering = true;
    line.cork();
    setImmediate(() => {
      this.#isGathering = false;
      line.uncork();
    });
  }
}
