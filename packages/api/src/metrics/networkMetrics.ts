import type { CallMeter } from '../context.ts';
import type { ConnectionMeter } from '../stream/connection.ts';
import type { StreamMeter } from '../stream/follower.ts';
import type { Instruments } from './instruments.ts';

/** Procedures, over whatever transport. */
export function createCallMeter(instruments: Instruments): CallMeter {
  const calls = instruments.count({
    name: 'dcs_calls_total',
    help: 'Procedures called. outcome is ok, refused (the caller is told why) or failed (our fault).',
    labels: ['path', 'outcome'],
  });
  const limited = instruments.count({
    name: 'dcs_limit_hits_total',
    help: 'Calls, connections and messages that a limit refused, by the reason that was given.',
    labels: ['limit'],
  });
  return {
    call: (path, outcome) => calls(path, outcome).add(),
    limited: (reason) => limited(reason).add(),
  };
}

/** Readers of sessions. */
export function createStreamMeter(instruments: Instruments): StreamMeter {
  let readers = 0;
  instruments.gauge({ name: 'dcs_readers', help: 'Subscriptions to sessions.' }, () => readers);
  const frames = instruments.count({
    name: 'dcs_frames_total',
    help: 'Frames delivered to readers.',
    labels: ['type'],
  });
  const resumed = instruments.count({
    name: 'dcs_reconnects_total',
    help: 'Subscriptions that went on from a place in the log.',
  })();
  const resynced = instruments.count({
    name: 'dcs_resyncs_total',
    help: 'Times that a slow reader was sent back to the log, because its queue was full.',
  })();
  const dropped = instruments.count({
    name: 'dcs_dropped_readers_total',
    help: 'Readers that were given up because they stopped reading.',
  })();
  return {
    reader: (change) => {
      readers += change;
    },
    frame: (type) => frames(type).add(),
    resumed: () => resumed.add(),
    resynced: () => resynced.add(),
    dropped: () => dropped.add(),
  };
}

/** WebSocket connections. */
export function createConnectionMeter(instruments: Instruments): ConnectionMeter {
  let open = 0;
  instruments.gauge({ name: 'dcs_connections', help: 'Open WebSocket connections.' }, () => open);
  const refused = instruments.count({
    name: 'dcs_refused_connections_total',
    help: 'Connections that were not taken, by the reason that was given.',
    labels: ['reason'],
  });
  const cut = instruments.count({
    name: 'dcs_cut_connections_total',
    help: 'Open connections that the server closed, by reason.',
    labels: ['reason'],
  });
  return {
    connection: (change) => {
      open += change;
    },
    refused: (reason) => refused(reason).add(),
    cut: (reason) => cut(reason).add(),
  };
}
