import { createExperimentFold, SequenceConflict } from '@dcs/engine';
import type { ExperimentEvent, ExperimentLog } from '@dcs/engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId, T0 } from './samples.ts';

/** An experiment's event of its own participant, so that each is told from all others. */
export function sampleExperimentEvent(experiment: string, seq: number): ExperimentEvent {
  const participantId = newId();
  return { experiment, seq, at: T0 + seq, type: 'joined', participantId, kind: 'human', number: seq };
}

export function sampleExperimentRun(experiment: string, from: number, to: number): ExperimentEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => sampleExperimentEvent(experiment, from + index));
}

/** A writer that does what a manager does: knows the end, appends there, and looks again on a conflict. */
function createWriter(log: ExperimentLog, experiment: string) {
  let end = 0;
  return async (size: number): Promise<readonly ExperimentEvent[]> => {
    for (;;) {
      try {
        const written = await log.append(sampleExperimentRun(experiment, end + 1, end + size));
        end += size;
        return written;
      } catch (error) {
        if (!(error instanceof SequenceConflict)) throw error;
        const missed = await log.read(experiment, end, 1_000);
        end = missed.at(-1)?.seq ?? end;
      }
    }
  };
}

/** What every log of experiments does. */
export function describeExperimentLog(open: () => ExperimentLog): void {
  describe('the log of experiments', () => {
    let log: ExperimentLog;
    let experiment: string;
    beforeEach(() => {
      log = open();
      experiment = newId();
    });

    it('reads back what was appended, in order, from the first event on', async () => {
      const events = sampleExperimentRun(experiment, 1, 6);
      expect(await log.append(events.slice(0, 1))).toEqual(events.slice(0, 1));
      expect(await log.append(events.slice(1, 4))).toEqual(events.slice(1, 4));
      expect(await log.append(events.slice(4))).toEqual(events.slice(4));
      expect(await log.read(experiment, 0, 100)).toEqual(events);
      expect(await log.read(newId(), 0, 100)).toEqual([]);
    });

    it('reads in pages that end within what was appended at once', async () => {
      const events = sampleExperimentRun(experiment, 1, 9);
      await log.append(events.slice(0, 5));
      await log.append(events.slice(5));
      for (const limit of [1, 2, 3, 7]) {
        const read: ExperimentEvent[] = [];
        for (let page = await log.read(experiment, 0, limit); page.length > 0;) {
          expect(page.length).toBeLessThanOrEqual(limit);
          read.push(...page);
          page = await log.read(experiment, read.length, limit);
        }
        expect(read).toEqual(events);
      }
      expect(await log.read(experiment, 0, 0)).toEqual([]);
      expect(await log.read(experiment, 99, 10)).toEqual([]);
    });

    it('keeps every kind of event exactly', async () => {
      const [participantId, assignmentId, sessionId] = ['p', 'a', 's'];
      const placed = { experiment, at: T0 };
      const events: ExperimentEvent[] = [
        { ...placed, seq: 1, type: 'revised', revision: 'r', by: null },
        { ...placed, seq: 2, type: 'joined', participantId, kind: 'model', number: 1 },
        {
          ...placed,
          seq: 3,
          type: 'formSubmitted',
          participantId,
          submissionId: 'f',
          groupId: 'before-all-assignments',
          form: 'about_you',
          version: 1,
          assignmentId: null,
          expertise: ['octopuses', 'half a pair: \uD83D', '$set', 'a.b', '\0'],
        },
        {
          ...placed,
          seq: 4,
          type: 'assigned',
          participantId,
          assignmentId,
          game: 'explore',
          pc: null,
          npc: 'OCT',
          revision: 'r',
          chosen: false,
        },
        { ...placed, seq: 5, type: 'assignmentStarted', participantId, assignmentId, sessionId },
        { ...placed, seq: 6, type: 'assignmentLapsed', participantId, assignmentId },
        { ...placed, seq: 7, type: 'paused', by: 'ann', reason: 'Lunch: "soup" & שלום 👩🏽‍🚀' },
      ];
      await log.append(events);
      const read = await log.read(experiment, 0, 10);
      expect(read).toEqual(events);
      const fold = createExperimentFold();
      for (const event of read) fold.apply(event);
      expect(fold.state).toMatchObject({ lastSeq: 7, run: 'paused', revision: 'r' });
    });

    it('refuses a number that is taken, and then writes nothing of the rest', async () => {
      const events = sampleExperimentRun(experiment, 1, 3);
      await log.append(events);
      for (const [from, to] of [
        [1, 3],
        [2, 6],
        [3, 3],
      ] as const) {
        const refused = log.append(sampleExperimentRun(experiment, from, to));
        await expect(refused).rejects.toBeInstanceOf(SequenceConflict);
      }
      expect(await log.read(experiment, 0, 100)).toEqual(events);
    });

    it('refuses what is not one run of one experiment, and writes nothing', async () => {
      const event = (seq: number) => sampleExperimentEvent(experiment, seq);
      for (const batch of [[event(1), event(3)], [event(1), event(1)], [event(0), event(1)], [event(1.5)]]) {
        await expect(log.append(batch)).rejects.toBeInstanceOf(RangeError);
      }
      const mixed = [event(1), sampleExperimentEvent(newId(), 2)];
      await expect(log.append(mixed)).rejects.toBeInstanceOf(RangeError);
      expect(await log.append([])).toEqual([]);
      expect(await log.read(experiment, 0, 10)).toEqual([]);
    });

    it('numbers what five writers append 1,000 times at once without a gap, each event once', async () => {
      const writers = Array.from({ length: 5 }, () => createWriter(log, experiment));
      const written = await Promise.all(
        writers.map(async (append, writer) => {
          const own: ExperimentEvent[] = [];
          for (let count = 0; count < 200; count += 1)
            own.push(...(await append(1 + ((writer + count) % 2))));
          return own;
        }),
      );
      const events: ExperimentEvent[] = [];
      for (let page = await log.read(experiment, 0, 400); page.length > 0;) {
        events.push(...page);
        page = await log.read(experiment, events.length, 400);
      }
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect(events).toEqual(written.flat().toSorted((a, b) => a.seq - b.seq));
      expect(events).toHaveLength(1_500);
    });

    it('keeps its own copy: later changes to what was passed or read have no effect', async () => {
      const events = sampleExperimentRun(experiment, 1, 1);
      const before = structuredClone(events);
      await log.append(events);
      for (const event of events) Object.assign(event, { participantId: 'changed' });
      for (const event of await log.read(experiment, 0, 1)) Object.assign(event, { number: 99 });
      expect(await log.read(experiment, 0, 1)).toEqual(before);
    });
  });
}
