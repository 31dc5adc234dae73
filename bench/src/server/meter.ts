import path from 'node:path';
import type { SubjectProcess } from './subjectProcess.ts';

/** CPU time that passed between two moments, in microseconds. */
export interface CpuUse {
  readonly serverUs: number;
  /** `null` for a server without a database process. */
  readonly databaseUs: number | null;
  /** The load generator itself. */
  readonly clientUs: number;
}

/** Counts what is used between `begin` and `end`; records a CPU profile meanwhile if there is a file to write it to. */
export interface Meter {
  begin(): Promise<void>;
  end(): Promise<void>;
  /** Valid after `end`. */
  readonly use: CpuUse;
}

const US_PER_MS = 1000;

export function createMeter(subject: SubjectProcess, profileFile: string | null): Meter {
  const read = () => ({
    server: subject.usage().cpuMs,
    database: subject.childUsage()?.cpuMs ?? null,
    client: process.cpuUsage(),
  });
  let before = read();
  let use: CpuUse | null = null;
  return {
    begin: async () => {
      if (profileFile !== null) await subject.startProfile();
      before = read();
    },
    end: async () => {
      const after = read();
      const { user, system } = process.cpuUsage(before.client);
      use = {
        serverUs: (after.server - before.server) * US_PER_MS,
        databaseUs:
          after.database === null || before.database === null
            ? null
            : (after.database - before.database) * US_PER_MS,
        clientUs: user + system,
      };
      if (profileFile !== null) await subject.stopProfile(path.resolve(profileFile));
    },
    get use() {
      if (use === null) throw new Error('The measured part has not ended.');
      return use;
    },
  };
}
