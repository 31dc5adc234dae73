import { constants } from 'node:os';
import { EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import { describeFault } from '../io.ts';
import type { CliIo } from '../io.ts';
import type { RunningServer, ServerFlags, ServingPorts, StopSignal } from '../serving.ts';

/**
 * One press of Ctrl-C can arrive twice, from the terminal and from the program that started this one. A person who
 * means it presses again later than that.
 */
const SAME_PRESS_MS = 500;

interface Stopping {
  /** Resolves with the first signal. */
  readonly asked: Promise<StopSignal>;
  readonly stopListening: () => void;
}

/** A second signal, at any time, ends the process without waiting for anything. */
function listenForSignals({ onSignal, abandon, now }: ServingPorts): Stopping {
  const { promise, resolve } = Promise.withResolvers<StopSignal>();
  let firstAt: number | null = null;
  const stopListening = onSignal((signal) => {
    firstAt ??= now();
    if (now() - firstAt > SAME_PRESS_MS) abandon(128 + constants.signals[signal]);
    resolve(signal);
  });
  return { asked: promise, stopListening };
}

function announce(io: CliIo, { url, where }: RunningServer): void {
  io.line(`DCS is running at ${url}`);
  io.line(
    where === null ? 'Nothing is kept: all is gone when the server stops.' : `Data are kept in ${where}.`,
  );
  io.line('Stop it with Ctrl-C.');
}

function noteFault(io: CliIo, fault: unknown): void {
  for (const line of describeFault(fault).split('\n')) io.note(line);
}

async function finish(io: CliIo, server: RunningServer, end: StopSignal | Error): Promise<ExitCode> {
  if (end instanceof Error) noteFault(io, end);
  else io.line('Stopping. Turns that are under way may finish; a second Ctrl-C ends them.');
  try {
    await server.stop();
  } catch (fault) {
    noteFault(io, fault);
    return EXIT.failed;
  }
  if (end instanceof Error) return EXIT.failed;
  io.line('Stopped.');
  return EXIT.ok;
}

/** `dcs server`: runs until a signal or a fault of its own ends it. Rejects when the server cannot start. */
export async function serve(io: CliIo, flags: ServerFlags, ports: ServingPorts): Promise<ExitCode> {
  const { asked, stopListening } = listenForSignals(ports);
  try {
    const server = await ports.startServer(flags);
    announce(io, server);
    return await finish(io, server, await Promise.race([asked, server.failed]));
  } finally {
    stopListening();
  }
}
