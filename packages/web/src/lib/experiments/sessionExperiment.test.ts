import type { ExperimentSetupDto, FormGroupDto } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import type { Answered } from '#lib/answered.ts';
import { onwardsWords } from './experimentWords.ts';
import { SessionExperiment } from './sessionExperiment.svelte.ts';
import { assignmentOf, groupOf, nextOf, setupOf } from './testing.ts';

const CUT: Answered<{ readonly setup: ExperimentSetupDto }> = {
  ok: false,
  reason: 'connection/lost',
  message: 'The line was cut.',
  retryable: true,
};

const MIDWAY: FormGroupDto = { ...groupOf('after-turns:a1:2', 'nothing', 'a1'), event: 'after-turns' };
const AT_END: FormGroupDto = { ...groupOf('on-finish:a1', 'everything', 'a1'), event: 'on-finish' };
const ELSEWHERE: FormGroupDto = { ...groupOf('after-turns:a0:2', 'nothing', 'a0'), event: 'after-turns' };
const AFTERWARDS: FormGroupDto = {
  ...groupOf('after-assignment:a1', 'everything', 'a1'),
  event: 'after-assignment',
};

const ASKS_MIDWAY = [{ name: 'quick', title: 'A quick question', event: 'after-turns' }] as const;

/** The session `s1` is played for the assignment `a1`. */
const playing = (pendingFormGroups: readonly FormGroupDto[] = []): ExperimentSetupDto => {
  const current = { ...assignmentOf('in_progress', 1), lastSessionId: 's1' };
  return setupOf({
    forms: ASKS_MIDWAY,
    pendingFormGroups,
    currentAssignment: current,
    assignments: [current],
    nextAssignment: nextOf('locked', 'in_progress'),
  });
};

const over = (more: Partial<ExperimentSetupDto> = {}): ExperimentSetupDto =>
  setupOf({ assignments: [{ ...assignmentOf('completed', 1), lastSessionId: 's1' }], ...more });

/** A session after one turn, in an experiment whose answers come from the test, in their order. */
function table(first: ExperimentSetupDto, ...answers: readonly (ExperimentSetupDto | null)[]) {
  let asked = 0;
  const experiment = new SessionExperiment(
    {
      sessionId: 's1',
      playerId: 'p1',
      setup: first,
      ask: () => {
        const setup = answers[asked] ?? null;
        asked += 1;
        return Promise.resolve(setup === null ? CUT : { ok: true, setup });
      },
    },
    { turns: 1, hasEnded: false },
  );
  return { experiment, asked: () => asked };
}

/** Until what was asked so far is answered. */
const settled = (experiment: SessionExperiment): Promise<boolean> => experiment.look();

describe('what is asked in a session', () => {
  it('is what belongs to it, and neither what belongs to another nor what the experiment asks around it', () => {
    expect(table(playing([ELSEWHERE, AFTERWARDS])).experiment.asked).toBeNull();
    expect(table(playing([ELSEWHERE, MIDWAY])).experiment.asked).toEqual(MIDWAY);
    expect(table(over({ pendingFormGroups: [AT_END, AFTERWARDS] })).experiment.asked).toEqual(AT_END);
  });

  it('comes up once enough was played, and the experiment is asked once for each turn', async () => {
    const { experiment, asked } = table(playing(), playing([MIDWAY]), playing([MIDWAY]));
    for (let frame = 0; frame < 5; frame += 1) experiment.heed({ turns: 1, hasEnded: false });
    expect(asked()).toBe(0);
    for (let frame = 0; frame < 5; frame += 1) experiment.heed({ turns: 2, hasEnded: false });
    await settled(experiment);
    expect(asked()).toBe(2);
    expect(experiment.asked).toEqual(MIDWAY);
  });

  it('costs nothing where the experiment asks nothing on the way', async () => {
    const { experiment, asked } = table(setupOf({ assignments: playing().assignments }), over());
    experiment.heed({ turns: 2, hasEnded: false });
    experiment.heed({ turns: 3, hasEnded: false });
    expect(asked()).toBe(0);
    experiment.heed({ turns: 3, hasEnded: true });
    experiment.heed({ turns: 3, hasEnded: true });
    await settled(experiment);
    expect(asked()).toBe(2);
  });

  it('is put aside and taken up again; what is asked later comes up by itself', async () => {
    const later = { ...MIDWAY, groupId: 'after-turns:a1:4' };
    const { experiment } = table(playing([MIDWAY]), playing([later]));
    expect(experiment.isAside).toBe(false);
    experiment.putAside();
    expect([experiment.isAside, experiment.asked]).toEqual([true, MIDWAY]);
    experiment.takeUp();
    expect(experiment.isAside).toBe(false);
    experiment.putAside();
    await experiment.answered(MIDWAY.groupId);
    expect([experiment.isAside, experiment.asked]).toEqual([false, later]);
  });

  it('is not asked again once it was answered, even where nothing more can be learned just now', async () => {
    const { experiment } = table(playing([MIDWAY]), null);
    await experiment.answered(MIDWAY.groupId);
    expect(experiment.asked).toBeNull();
  });
});

describe('what comes after a session', () => {
  it('is known when the experiment knows of its end', async () => {
    const { experiment } = table(playing(), over({ nextAssignment: nextOf('ready', 'given') }));
    expect([experiment.next, onwardsWords(experiment.next)]).toEqual([null, 'Go on with the experiment']);
    experiment.heed({ turns: 2, hasEnded: true });
    await settled(experiment);
    expect(experiment.next).toEqual({ at: 'next' });
  });

  it('is said by what leads there', () => {
    const wordsOf = (setup: ExperimentSetupDto): string => onwardsWords(table(setup).experiment.next);
    expect(wordsOf(over({ pendingFormGroups: [AFTERWARDS] }))).toBe('Go on to a few questions');
    expect(wordsOf(over({ nextAssignment: nextOf('ready', 'given') }))).toBe('Go on to your next session');
    expect(wordsOf(over({ currentAssignment: assignmentOf('assigned') }))).toBe('Go on to your next session');
    expect(wordsOf(over({ nextAssignment: nextOf('choice', 'choice_allowed') }))).toBe(
      'Choose your next session',
    );
    expect(wordsOf(over({ nextAssignment: nextOf('none', 'complete') }))).toBe('Go on to the last page');
    expect(wordsOf(over({ nextAssignment: nextOf('none', 'paused') }))).toBe('Back to the experiment');
    expect(wordsOf(over({ currentAssignment: assignmentOf('interrupted', 1) }))).toBe(
      'Back to the experiment',
    );
  });
});
