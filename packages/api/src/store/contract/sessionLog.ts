import { eventIdOf, SequenceConflict } from '@dcs/engine';
import type { SessionEvent, SessionLog } from '@dcs/engine';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId, sampleEvent, sampleRun } from './samples.ts';

const AWKWARD_TEXTS: Readonly<Record<string, string>> = {
  nothing: '',
  'emoji, joined and flagged': '👩🏽‍🚀 🏳️‍🌈 🇪🇺 e\u0301',
  'right-to-left text with controls': 'שלום \u202Eעולם\u202C مرحبا',
  'markup and script': '<script>alert("x")</script> & \'quotes\' ${x} {{x}}',
  'a zero character': 'before\0after',
  'half of a surrogate pair': 'a\uD83Db\uDC00',
  'line ends of all kinds': 'a\r\nb\rc\u2028d\u2029e\u0085f',
  '64 kB of letters of three bytes': 'ツ'.repeat(22_000),
};

const AWKWARD_DATA: Readonly<Record<string, SessionEvent['data']>> = {
  'an empty object': {},
  'keys with dots and dollars': {
    'a.b': 1,
    $set: { x: 1 },
    '': '',
    $: [{ '$in.$or': [] }],
    'a.b.c': { '.': null },
  },
  'what looks like a database reference': { $ref: 'players', $id: '1', $db: 'x' },
  'what looks like extended JSON': {
    at: { $date: '2026-01-01' },
    id: { $oid: 'f'.repeat(24) },
    _bsontype: 'Long',
  },
  'names that objects know': JSON.parse(
    '{"__proto__": {"x": 1}, "constructor": 1, "toBSON": 2, "length": 3}',
  ),
  'numbers at the edges': { big: 2 ** 53 - 1, small: -(2 ** 53), half: 0.5, int32: 2 ** 31, tiny: 5e-324 },
  'many levels': JSON.parse('{"a":'.repeat(150) + '[1]' + '}'.repeat(150)),
  'half of a surrogate pair': { '\uD83D': '\uDC00' },
};

/** A writer that does what the session core does: reads, appends after the end, and reads again on a conflict. */
async function appendAtEnd(
  log: SessionLog,
  sessionId: string,
  size: number,
): Promise<readonly SessionEvent[]> {
  for (;;) {
    const end = (await log.read(sessionId, 0, 1_000)).at(-1)?.seq ?? 0;
    try {
      return await log.append(sampleRun(sessionId, end + 1, end + size));
    } catch (error) {
      if (!(error instanceof SequenceConflict)) throw error;
    }
  }
}

export function describeSessionLog(open: () => SessionLog): void {
  describe('the session log', () => {
    let log: SessionLog;
    let sessionId: string;
    beforeEach(() => {
      log = open();
      sessionId = newId();
    });

    it('reads back what was appended, in order, from the first event on', async () => {
      const events = sampleRun(sessionId, 1, 5);
      expect(await log.append(events.slice(0, 2))).toEqual(events.slice(0, 2));
      expect(await log.append(events.slice(2))).toEqual(events.slice(2));
      expect(await log.read(sessionId, 0, 100)).toEqual(events);
    });

    it('accepts an empty batch without effect', async () => {
      expect(await log.append([])).toEqual([]);
    });

    it('refuses a number that is taken, and keeps the first event', async () => {
      const events = sampleRun(sessionId, 1, 3);
      await log.append(events);
      await expect(log.append([sampleEvent(sessionId, 3)])).rejects.toBeInstanceOf(SequenceConflict);
      expect(await log.read(sessionId, 0, 100)).toEqual(events);
    });

    it('shows nothing of a refused batch that starts at a taken number', async () => {
      const events = sampleRun(sessionId, 1, 3);
      await log.append(events);
      await expect(log.append(sampleRun(sessionId, 2, 6))).rejects.toBeInstanceOf(SequenceConflict);
      await expect(log.append(sampleRun(sessionId, 3, 6))).rejects.toBeInstanceOf(SequenceConflict);
      expect(await log.read(sessionId, 0, 100)).toEqual(events);
    });

    it('refuses the same batch a second time', async () => {
      const events = sampleRun(sessionId, 1, 3);
      await log.append(events);
      await expect(log.append(events)).rejects.toBeInstanceOf(SequenceConflict);
      expect(await log.read(sessionId, 0, 100)).toEqual(events);
    });

    it('keeps the ids of events, those that follow from their place and those that do not', async () => {
      const run = sampleRun(sessionId, 1, 2);
      const events = run.map((event, index) =>
        index === 0 ? { ...event, eventId: eventIdOf(sessionId, event.seq) } : event,
      );
      await log.append(events);
      expect(await log.read(sessionId, 0, 10)).toEqual(events);
    });

    it.each([
      ['skips a number', [1, 3]],
      ['repeats a number', [1, 1]],
      ['runs backwards', [2, 1]],
      ['starts at zero', [0, 1]],
      ['holds a fraction', [1.5]],
    ])('refuses a batch that %s, and writes nothing', async (_what, seqs) => {
      await expect(log.append(seqs.map((seq) => sampleEvent(sessionId, seq)))).rejects.toBeInstanceOf(
        RangeError,
      );
      expect(await log.read(sessionId, 0, 10)).toEqual([]);
    });

    it('refuses a batch of two sessions, and writes nothing', async () => {
      const other = newId();
      const mixed = [sampleEvent(sessionId, 1), sampleEvent(other, 2)];
      await expect(log.append(mixed)).rejects.toBeInstanceOf(RangeError);
      expect(await log.read(sessionId, 0, 10)).toEqual([]);
      expect(await log.read(other, 0, 10)).toEqual([]);
    });

    it('leaves one unbroken log when ten writers race for its end', async () => {
      const sizes = [1, 2, 3, 1, 2, 3, 1, 2, 3, 4];
      const written = await Promise.all(sizes.map((size) => appendAtEnd(log, sessionId, size)));
      const events = await log.read(sessionId, 0, 1_000);
      expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
      const ids = new Set(events.map((event) => event.eventId));
      expect(written.flat().filter((event) => !ids.has(event.eventId))).toEqual([]);
    });

    it('reads in pages without gaps or repeats, whatever their size', async () => {
      const events = sampleRun(sessionId, 1, 25);
      await log.append(events);
      await log.append(sampleRun(newId(), 1, 5));
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
          const read: SessionEvent[] = [];
          for (let page = await log.read(sessionId, 0, limit); page.length > 0;) {
            expect(page.length).toBeLessThanOrEqual(limit);
            read.push(...page);
            page = await log.read(sessionId, read.at(-1)?.seq ?? 0, limit);
          }
          expect(read).toEqual(events);
        }),
        { numRuns: 10 },
      );
    });

    it('has nothing of an unknown session, and nothing after the end', async () => {
      await log.append(sampleRun(sessionId, 1, 2));
      expect(await log.read(newId(), 0, 10)).toEqual([]);
      expect(await log.read(sessionId, 2, 10)).toEqual([]);
      expect(await log.read(sessionId, 99, 10)).toEqual([]);
    });

    it('takes ids as text, never as a query', async () => {
      await log.append(sampleRun(sessionId, 1, 2));
      for (const id of ['', '.*', '$ne', '{"$gt":""}', '__proto__', 'a.b', '\0']) {
        expect(await log.read(id, 0, 10)).toEqual([]);
      }
    });

    it.each(Object.entries(AWKWARD_TEXTS))('keeps the content exactly: %s', async (_what, content) => {
      const events = [sampleEvent(sessionId, 1, { content })];
      expect(await log.append(events)).toEqual(events);
      expect(await log.read(sessionId, 0, 1)).toEqual(events);
    });

    it.each(Object.entries(AWKWARD_DATA))('keeps the data exactly: %s', async (_what, data) => {
      const events = [sampleEvent(sessionId, 1, { data })];
      await log.append(events);
      const [read] = await log.read(sessionId, 0, 1);
      // Text also tells the order of keys and keys that an object inherits.
      expect(JSON.stringify(read?.data)).toBe(JSON.stringify(data));
    });

    it('keeps any JSON exactly', async () => {
      await fc.assert(
        fc.asyncProperty(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), async (value) => {
          const data = JSON.parse(JSON.stringify(value));
          const id = newId();
          await log.append([sampleEvent(id, 1, { data })]);
          const [read] = await log.read(id, 0, 1);
          expect(JSON.stringify(read?.data)).toBe(JSON.stringify(data));
        }),
        { numRuns: 60 },
      );
    });

    it('tells apart what all may see, what no seat may see and what some seats may see', async () => {
      const events = [
        sampleEvent(sessionId, 1, { audience: null, receipt: { accepted: true } }),
        sampleEvent(sessionId, 2, { audience: [], receipt: { accepted: false }, commandId: null }),
        sampleEvent(sessionId, 3, { audience: ['home', 'a.b'], seat: null, command: 'help', turn: 0 }),
      ];
      await log.append(events);
      expect(await log.read(sessionId, 0, 10)).toEqual(events);
    });

    it('keeps its own copy: later changes to what was passed or read have no effect', async () => {
      const event = sampleEvent(sessionId, 1, { data: { list: [1] } });
      const [before] = structuredClone([event]);
      await log.append([event]);
      Object.assign(event, { content: 'changed', data: { list: [2] } });
      const [read] = await log.read(sessionId, 0, 1);
      Object.assign(read ?? {}, { content: 'changed' });
      expect(await log.read(sessionId, 0, 1)).toEqual([before]);
    });
  });
}
