import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Where a figure was measured: without it, the figure means little. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  /** Runnable processes, averaged over the minute before the benchmark began: above 0.5, somebody else was busy. */
  readonly loadBefore: number;
  readonly measuredAt: string;
}

export function describeMachine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    node: process.version,
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
    measuredAt: new Date().toISOString(),
  };
}

export function machineLine(machine: Machine): string {
  const { cpu, cores, memoryGb, system, node, loadBefore, measuredAt } = machine;
  return `${cores} x ${cpu}, ${memoryGb} GB, ${system}, Node ${node}; load before ${loadBefore}; ${measuredAt}`;
}
