import { readFileSync } from 'node:fs';

/** What a process has used, as the kernel counts it: also for processes that are not ours to ask. */
export interface Usage {
  /** User and system time of all its threads, in milliseconds; counted in steps of 10. */
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/** The kernel tells times in ticks of 10 ms and memory in pages of 4 kB on every Linux that Node runs on here. */
const MS_PER_TICK = 10;
const PAGE_BYTES = 4096;
/** Places in /proc/<pid>/stat, counted after the name, which may hold blanks and brackets itself. */
const [USER_TICKS, SYSTEM_TICKS, RSS_PAGES] = [11, 12, 21] as const;

/** Throws when there is no such process, or no /proc: benchmarks run on Linux. */
export function readUsage(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (place: number): number => Number(fields[place]);
  return {
    cpuMs: (field(USER_TICKS) + field(SYSTEM_TICKS)) * MS_PER_TICK,
    rssBytes: field(RSS_PAGES) * PAGE_BYTES,
  };
}
