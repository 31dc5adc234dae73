/** Everything that a benchmark can measure, with its heading in a table and the decimals that mean something. */
export const MEASURES = {
  turnsPerSecond: { title: 'turns/s', decimals: 0 },
  deliveriesPerSecond: { title: 'deliveries/s', decimals: 0 },
  eventsPerSecond: { title: 'events/s', decimals: 0 },
  connectsPerSecond: { title: 'connects/s', decimals: 0 },
  healthyMs: { title: 'healthy after ms', decimals: 0 },
  allPlayableMs: { title: 'all playable after ms', decimals: 0 },
  allBackMs: { title: 'all back after ms', decimals: 0 },
  preflightMs: { title: 'preflight ms', decimals: 0 },
  createsPerSecond: { title: 'creates/s', decimals: 0 },
  p50Ms: { title: 'p50 ms', decimals: 2 },
  p90Ms: { title: 'p90 ms', decimals: 2 },
  p99Ms: { title: 'p99 ms', decimals: 2 },
  maxMs: { title: 'max ms', decimals: 1 },
  p99PerModelTime: { title: 'p99 / model time', decimals: 3 },
  serverCpuUsPerTurn: { title: 'server CPU µs/turn', decimals: 0 },
  databaseCpuUsPerTurn: { title: 'database CPU µs/turn', decimals: 0 },
  serverCpuUsPerDelivery: { title: 'server CPU µs/delivery', decimals: 1 },
  clientCpuUsPerDelivery: { title: 'client CPU µs/delivery', decimals: 1 },
  cpuUsPerEvent: { title: 'CPU µs/event', decimals: 1 },
  serverCpuUsPerConnect: { title: 'server CPU µs/connect', decimals: 0 },
  serverCpuUsPerReconnect: { title: 'server CPU µs/reconnect', decimals: 0 },
  serverCpuUsPerCreate: { title: 'server CPU µs/create', decimals: 0 },
  databaseCpuUsPerCreate: { title: 'database CPU µs/create', decimals: 0 },
  rssKbPerConnection: { title: 'RSS kB/connection', decimals: 1 },
  heapKbPerConnection: { title: 'heap kB/connection', decimals: 1 },
  serverRssMb: { title: 'server RSS MB', decimals: 0 },
  serverRssMbAfterClose: { title: 'RSS MB after close', decimals: 0 },
  heapKbLeftPerConnection: { title: 'heap kB left/connection', decimals: 2 },
  failedAttempts: { title: 'failed attempts', decimals: 0 },
  lostEvents: { title: 'lost events', decimals: 0 },
  serverCpuPercent: { title: 'server CPU %', decimals: 2 },
  databaseCpuPercent: { title: 'database CPU %', decimals: 2 },
  clientCpuUsPerTurn: { title: 'client CPU µs/turn', decimals: 0 },
} as const satisfies Record<string, { readonly title: string; readonly decimals: number }>;

export type Measure = keyof typeof MEASURES;

/** What one round gave. */
export type Measured = Readonly<Partial<Record<Measure, number>>>;
