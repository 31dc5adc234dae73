import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { measureYardsticks } from './yardsticks.ts';
import type { Yardsticks } from './yardsticks.ts';

/** Where a figure was measured: without it, the figure means little. */
export interface Machine extends Yardsticks {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  /** Runnable processes, averaged over the minute before the benchmark began: above 0.5, somebody else was busy. */
  readonly loadBefore: number;
  readonly measuredAt: string;
}

/** Takes half a second. */
export function describeMachine(): Machine {
  const cores = cpus();
  const loadBefore = Number((loadavg()[0] ?? 0).toFixed(2));
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    node: process.version,
    loadBefore,
    measuredAt: new Date().toISOString(),
    ...measureYardsticks(),
  };
}

export function machineLine(machine: Machine): string {
  const { cpu, cores, memoryGb, system, node, loadBefore, measuredAt } = machine;
  const { syncP50Ms, syncP99Ms, jsonUs } = machine;
  return [
    `${cores} x ${cpu}, ${memoryGb} GB, ${system}, Node ${node}; load before ${loadBefore}; ${measuredAt}`,
    `yardsticks: 4 kB on disk ${syncP50Ms} ms, p99 ${syncP99Ms} ms; a frame to JSON and back ${jsonUs} µs`,
  ].join('\n');
}
