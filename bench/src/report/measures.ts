/** Everything that a benchmark can measure, with its heading in a table and the decimals that mean something. */
export const MEASURES = {
  turnsPerSecond: { title: 'turns/s', decimals: 0 },
  deliveriesPerSecond: { title: 'deliveries/s', decimals: 0 },
  eventsPerSecond: { title: 'events/s', decimals: 0 },
  createsPerSecond: { title: 'creates/s', decimals: 0 },
  p50Ms: { title: 'p50 ms', decimals: 2 },
  p90Ms: { title: 'p90 ms', decimals: 2 },
  p99Ms: { title: 'p99 ms', decimals: 2 },
  maxMs: { title: 'max ms', decimals: 1 },
  serverCpuUsPerTurn: { title: 'server CPU µs/turn', decimals: 0 },
  databaseCpuUsPerTurn: { title: 'database CPU µs/turn', decimals: 0 },
  serverCpuUsPerDelivery: { title: 'server CPU µs/delivery', decimals: 1 },
  clientCpuUsPerDelivery: { title: 'client CPU µs/delivery', decimals: 1 },
  serverCpuUsPerCreate: { title: 'server CPU µs/create', decimals: 0 },
  databaseCpuUsPerCreate: { title: 'database CPU µs/create', decimals: 0 },
  serverCpuPercent: { title: 'server CPU %', decimals: 2 },
  databaseCpuPercent: { title: 'database CPU %', decimals: 2 },
  clientCpuUsPerTurn: { title: 'client CPU µs/turn', decimals: 0 },
} as const satisfies Record<string, { readonly title: string; readonly decimals: number }>;

export type Measure = keyof typeof MEASURES;

/** What one round gave. */
export type Measured = Readonly<Partial<Record<Measure, number>>>;
