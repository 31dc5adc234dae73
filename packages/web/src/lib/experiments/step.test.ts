import type { AssignmentDto, ExperimentStateDto } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import { asideGroups, keptCompletion, mayGoOn, stepOf } from './step.ts';
import { assignmentOf, groupOf, nextOf, PARTICIPANT, setupOf } from './testing.ts';

describe('what a participant can do next', () => {
  it('is to come in, for somebody who has not, whatever they would be asked', () => {
    const pendingFormGroups = [groupOf('before-all-assignments', 'everything')];
    expect(stepOf(setupOf({ participant: null, pendingFormGroups }))).toEqual({ at: 'door' });
  });

  it('is nothing for somebody who has withdrawn', () => {
    const participant = { ...PARTICIPANT, withdrawnAt: '2026-01-02T00:00:00.000Z' };
    expect(stepOf(setupOf({ participant, nextAssignment: nextOf('none', 'withdrawn') }))).toEqual({
      at: 'withdrawn',
    });
  });

  it('is to answer what holds everything up, one group at a time', () => {
    const first = groupOf('before-all-assignments', 'everything');
    const pendingFormGroups = [first, groupOf('after-assignment:a0', 'everything')];
    expect(
      stepOf(setupOf({ pendingFormGroups, nextAssignment: nextOf('blocked', 'pending_forms') })),
    ).toEqual({
      at: 'answer',
      group: first,
    });
  });

  it('is to wait, and to answer nothing, where all places were taken before they had one', () => {
    const pendingFormGroups = [groupOf('before-all-assignments', 'everything')];
    const nextAssignment = nextOf('none', 'quota_closed');
    expect(stepOf(setupOf({ pendingFormGroups, nextAssignment }))).toEqual({
      at: 'wait',
      why: 'quota_closed',
    });
  });

  it('is to answer what belongs to their assignment before they begin it, not what belongs to another', () => {
    const mine = groupOf('before-assignment:a1', 'assignment', 'a1');
    const other = groupOf('before-assignment:a2', 'assignment', 'a2');
    const currentAssignment = assignmentOf('assigned');
    expect(stepOf(setupOf({ currentAssignment, pendingFormGroups: [other, mine] }))).toEqual({
      at: 'answer',
      group: mine,
    });
    expect(stepOf(setupOf({ currentAssignment, pendingFormGroups: [other] }))).toMatchObject({ at: 'play' });
  });

  it('is to begin, to go on with or to try again what is theirs', () => {
    const howOf = (current: AssignmentDto) =>
      stepOf(setupOf({ currentAssignment: current, nextAssignment: nextOf('locked', 'locked') }));
    expect(howOf(assignmentOf('assigned'))).toMatchObject({ at: 'play', how: 'begin' });
    expect(howOf(assignmentOf('in_progress', 1))).toMatchObject({ at: 'play', how: 'continue' });
    expect(howOf(assignmentOf('interrupted', 1))).toMatchObject({ at: 'play', how: 'again' });
    const brokenOff = { ...assignmentOf('interrupted', 1), goesOn: true };
    expect(howOf(brokenOff)).toMatchObject({ at: 'play', how: 'goOn' });
  });

  it('is to wait with the reason where what is theirs cannot be begun or gone on with', () => {
    const stepIn = (state: ExperimentStateDto, current: AssignmentDto) =>
      stepOf(setupOf({ state, currentAssignment: current, nextAssignment: nextOf('locked', 'locked') }));
    expect(stepIn('paused', assignmentOf('assigned'))).toEqual({ at: 'wait', why: 'paused' });
    expect(stepIn('paused', assignmentOf('interrupted', 1))).toEqual({ at: 'wait', why: 'paused' });
    expect(stepIn('paused', assignmentOf('in_progress', 1))).toMatchObject({ at: 'play', how: 'continue' });
    expect(stepIn('notOpenYet', assignmentOf('assigned'))).toEqual({ at: 'wait', why: 'not_open_yet' });
    expect(stepIn('closed', assignmentOf('assigned'))).toEqual({ at: 'wait', why: 'closed' });
    expect(stepIn('closed', assignmentOf('interrupted', 1))).toMatchObject({ at: 'play', how: 'again' });
    expect(stepIn('full', assignmentOf('assigned'))).toMatchObject({ at: 'play', how: 'begin' });
  });

  it('is to wait until an experiment that has closed is no longer paused, with something to go on with', () => {
    const currentAssignment = { ...assignmentOf('interrupted', 1), goesOn: true };
    for (const mode of ['locked', 'none'] as const) {
      const paused = setupOf({ state: 'closed', currentAssignment, nextAssignment: nextOf(mode, 'paused') });
      expect(stepOf(paused)).toEqual({ at: 'wait', why: 'paused' });
      expect(mayGoOn(paused)).toBe(false);
      const closed = { ...paused, nextAssignment: nextOf(mode, mode === 'none' ? 'closed' : 'interrupted') };
      expect(stepOf(closed)).toMatchObject({ at: 'play', how: 'goOn' });
      expect(mayGoOn(closed)).toBe(true);
    }
  });

  it('is to take what is given, or to choose', () => {
    expect(stepOf(setupOf({ nextAssignment: nextOf('ready', 'given') }))).toEqual({ at: 'next' });
    expect(stepOf(setupOf({ nextAssignment: nextOf('choice', 'choice_allowed') }))).toEqual({ at: 'choose' });
  });

  it('is nothing more once all that was wanted is done, whatever was interrupted beside it', () => {
    const completion = { text: 'Bye', code: 'ABC', url: null };
    const nextAssignment = nextOf('none', 'complete');
    const leftover = setupOf({
      currentAssignment: assignmentOf('interrupted', 1),
      nextAssignment,
      completion,
    });
    expect(stepOf(leftover)).toEqual({ at: 'done', completion });
    expect(mayGoOn(leftover)).toBe(false);
    expect(
      stepOf(setupOf({ currentAssignment: assignmentOf('in_progress', 1), nextAssignment, completion })),
    ).toMatchObject({ at: 'play', how: 'continue' });
  });

  it('takes nothing away of what they have got when something else is offered to them', () => {
    const completion = { text: 'Bye', code: 'ABC', url: null };
    const offered = setupOf({ nextAssignment: nextOf('ready', 'given'), completion });
    expect(stepOf(offered)).toEqual({ at: 'next' });
    expect(keptCompletion(offered)).toEqual(completion);
    expect(keptCompletion({ ...offered, nextAssignment: nextOf('none', 'complete') })).toBeNull();
    expect(keptCompletion({ ...offered, completion: null })).toBeNull();
  });

  it('is nothing more once all is done, and to wait with its reason where something may come', () => {
    const completion = { text: 'Bye', code: 'ABC', url: null };
    expect(stepOf(setupOf({ nextAssignment: nextOf('none', 'complete'), completion }))).toEqual({
      at: 'done',
      completion,
    });
    for (const why of ['paused', 'closed', 'quota_closed', 'not_open_yet', 'unavailable']) {
      expect(stepOf(setupOf({ nextAssignment: nextOf('none', why) }))).toEqual({ at: 'wait', why });
    }
  });
});

it('leaves forms that hold nothing up beside what is played', () => {
  const aside = groupOf('after-turns:a1:3', 'nothing', 'a1');
  const playing = setupOf({
    currentAssignment: assignmentOf('in_progress', 1),
    nextAssignment: nextOf('locked', 'in_progress'),
    pendingFormGroups: [aside],
  });
  expect(stepOf(playing)).toMatchObject({ at: 'play', how: 'continue' });
  expect(asideGroups(playing)).toEqual([aside]);
});
