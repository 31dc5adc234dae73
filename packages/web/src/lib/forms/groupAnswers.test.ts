import { describe, expect, it } from 'vitest';
import type { Problem } from '#lib/answered.ts';
import { createAnswerShelf } from './answerShelf.ts';
import { GroupAnswers } from './groupAnswers.svelte.ts';
import type { FieldValues } from './responses.ts';

const CUT: Problem = { reason: 'connection/lost', message: 'The line was cut.', retryable: true };
const REFUSED: Problem = { reason: 'form/not-pending', message: 'It is not asked now.', retryable: false };

function memoryStorage(stored = new Map<string, string>()) {
  return {
    stored,
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
}

interface Save {
  readonly values: FieldValues;
  answer(problem: Problem | null): Promise<void>;
}

/** Answers whose saves are answered by the test, in the order in which they come, and whose pauses end when it says so. */
function table(values: FieldValues = {}, storage = memoryStorage()) {
  const saves: Save[] = [];
  const waits: number[] = [];
  let pause: (() => void) | null = null;
  const answers = new GroupAnswers({
    values,
    shelf: createAnswerShelf('pilot:p1:before-all-assignments', () => storage),
    save: (sent) =>
      new Promise((resolve) => {
        const answer = async (problem: Problem | null): Promise<void> => {
          resolve(problem);
          await Promise.resolve();
          await Promise.resolve();
        };
        saves.push({ values: sent, answer });
      }),
    scheduler: {
      after: (milliseconds, run) => {
        waits.push(milliseconds);
        pause = run;
        return () => {
          pause = null;
        };
      },
    },
  });
  return { answers, saves, waits, storage, endPause: () => pause?.() };
}

describe('answers while they are written', () => {
  it('are on this device at once, and with the server when their writer pauses', async () => {
    const { answers, saves, storage, endPause } = table();
    answers.set('consent.age', '3');
    answers.set('consent.age', '30');
    expect(saves).toHaveLength(0);
    expect([...storage.stored.values()]).toEqual(['{"consent.age":"30"}']);
    endPause();
    expect(answers.state).toBe('saving');
    await saves[0]?.answer(null);
    expect(saves.map(({ values }) => values)).toEqual([{ 'consent.age': '30' }]);
    expect(answers.state).toBe('saved');
    expect(storage.stored.size).toBe(0);
  });

  it('are saved once more when they have changed on the way', async () => {
    const { answers, saves, storage, endPause } = table();
    answers.set('consent.age', '3');
    endPause();
    answers.set('consent.age', '31');
    await saves[0]?.answer(null);
    expect(answers.state).toBe('saving');
    expect(storage.stored.size).toBe(1);
    await saves[1]?.answer(null);
    expect(saves.map(({ values }) => values['consent.age'])).toEqual(['3', '31']);
    expect(answers.state).toBe('saved');
  });

  it('are tried again, each time a little later, while the line is cut, and are not lost', async () => {
    const { answers, saves, waits, storage, endPause } = table();
    answers.set('consent.age', '30');
    for (let failures = 0; failures < 6; failures += 1) {
      endPause();
      await saves[failures]?.answer(CUT);
      expect(answers.state).toBe('unsaved');
    }
    expect(waits).toEqual([1_000, 2_000, 5_000, 10_000, 30_000, 30_000, 30_000]);
    expect(storage.stored.size).toBe(1);
    endPause();
    await saves[6]?.answer(null);
    expect(answers.state).toBe('saved');
  });

  it('are not tried again when the server will not take them', async () => {
    const { answers, saves, waits, endPause } = table();
    answers.set('consent.age', '30');
    endPause();
    await saves[0]?.answer(REFUSED);
    expect(answers.state).toBe('refused');
    expect(waits).toEqual([1_000]);
  });

  it('are there again after a reload, over what the server has of them', async () => {
    const before = table({ 'consent.age': '3', 'consent.name': 'Ada' });
    before.answers.set('consent.age', '30');
    before.answers.stop();
    const after = table({ 'consent.age': '3', 'consent.name': 'Ada' }, before.storage);
    after.answers.look();
    expect(after.answers.values).toEqual({ 'consent.age': '30', 'consent.name': 'Ada' });
    after.endPause();
    await after.saves[0]?.answer(null);
    expect(after.answers.state).toBe('saved');
  });

  it('leave nothing behind once they are sent', async () => {
    const { answers, saves, storage, endPause } = table();
    answers.set('consent.age', '30');
    answers.sent(null, '/experiments/pilot');
    expect(storage.stored.size).toBe(0);
    endPause();
    await answers.save();
    expect(saves).toHaveLength(0);
  });

  it('leave nothing behind when others were kept before and the page says so', () => {
    const here = '/experiments/pilot';
    for (const to of [null, here, `${here}?answered=before`]) {
      const { answers, storage } = table();
      answers.set('consent.email', 'ada@example.org');
      answers.sent(to, here);
      expect(storage.stored.size).toBe(0);
    }
  });

  it('wait for whoever has to sign in again before they are taken', () => {
    const here = '/experiments/pilot';
    for (const to of [`/sign-in?next=${here}`, `${here}-two`]) {
      const { answers, storage } = table();
      answers.set('consent.email', 'ada@example.org');
      answers.sent(to, here);
      expect(storage.stored.size).toBe(1);
    }
  });

  it('hold several choices in the order in which they were made', () => {
    const { answers } = table({ 'consent.one': 'a' });
    expect(answers.chosen('consent.one')).toEqual(['a']);
    answers.toggle('consent.many', 'b', true);
    answers.toggle('consent.many', 'a', true);
    answers.toggle('consent.many', 'b', false);
    expect(answers.chosen('consent.many')).toEqual(['a']);
    expect(answers.text('consent.many')).toBe('');
  });

  it('survive a device that stores nothing, and storage that makes no sense', () => {
    const refusing = {
      getItem: (): never => {
        throw new Error('Storage is forbidden.');
      },
      setItem: (): never => {
        throw new Error('Storage is full.');
      },
      removeItem: (): never => {
        throw new Error('Storage is forbidden.');
      },
    };
    const shelf = createAnswerShelf('group', () => refusing);
    shelf.write({ a: 'b' });
    shelf.clear();
    expect(shelf.read()).toBeNull();
    const odd = memoryStorage(new Map([['dcs:answers:group', '{"a":1,"b":"kept","c":[1]}']]));
    expect(createAnswerShelf('group', () => odd).read()).toEqual({ b: 'kept' });
    const broken = memoryStorage(new Map([['dcs:answers:group', '{']]));
    expect(createAnswerShelf('group', () => broken).read()).toBeNull();
  });
});
