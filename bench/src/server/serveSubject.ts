import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import type { SubjectMessage, SubjectRequest } from './subjectProtocol.ts';

/** A server under test, as it presents itself to the load generator. */
export interface Subject {
  readonly port: number;
  /** A process of its own that works for it, such as a database. */
  readonly childPid: number | null;
  stop(): Promise<void>;
}

/** Often enough that a profile shows what a turn of 100 µs consists of. */
const SAMPLING_INTERVAL_US = 200;

function tell(message: SubjectMessage): void {
  process.send?.(message);
}

function createProfiler() {
  const session = new Session();
  return {
    start: async () => {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
      await session.post('Profiler.start');
    },
    stop: async (file: string) => {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      await writeFile(file, JSON.stringify(profile));
    },
  };
}

/** Memory that is really held: what could be collected is collected first. */
function memory(): SubjectMessage {
  if (globalThis.gc === undefined) throw new Error('Start the process under test with --expose-gc.');
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { type: 'memory', heapBytes: heapUsed, rssBytes: rss };
}

/** Runs in the process under test: starts the server, says where it is, and answers until it is told to stop. */
export async function serveSubject(start: () => Promise<Subject>): Promise<void> {
  const subject = await start();
  const profiler = createProfiler();

  async function answer(request: SubjectRequest): Promise<SubjectMessage> {
    switch (request.type) {
      case 'memory':
        return memory();
      case 'startProfile':
        await profiler.start();
        return { type: 'done' };
      case 'stopProfile':
        await profiler.stop(request.file);
        return { type: 'done' };
      default: {
        const unreachable: never = request;
        return unreachable;
      }
    }
  }

  function stop(): void {
    void subject.stop().then(() => process.exit(0));
  }

  process.on('message', (request: SubjectRequest) => {
    answer(request).then(tell, (error: unknown) => tell({ type: 'failed', message: String(error) }));
  });
  process.once('SIGTERM', stop);
  // The load generator is gone: nobody is left to measure for.
  process.once('disconnect', stop);
  tell({ type: 'ready', port: subject.port, childPid: subject.childPid });
}
