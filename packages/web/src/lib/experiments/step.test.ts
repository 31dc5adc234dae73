import type { AssignmentDto, ExperimentSetupDto, FormGroupDto, NextAssignmentDto } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import { asideGroups, stepOf } from './step.ts';

const PARTICIPANT = {
  number: 1,
  joinedAt: '2026-01-01T00:00:00.000Z',
  withdrawnAt: null,
  completed: 0,
  most: 3,
  isFinished: false,
};

const assignment = (status: AssignmentDto['status'], attempts = 0): AssignmentDto => ({
  assignmentId: 'a1',
  gameName: 'explore',
  variant: 'explore',
  gameTitle: 'Explore',
  gameDescription: '',
  pcHid: null,
  npcHid: null,
  playerCharacterName: null,
  playerCharacterDescription: null,
  simulatorCharacterName: null,
  simulatorCharacterDescription: null,
  simulatorCharacterDetailsVisible: false,
  status,
  activeSessionId: status === 'in_progress' ? 's1' : null,
  lastSessionId: null,
  attempts,
  goesOn: false,
  reason: null,
  assignedAt: '2026-01-01T00:00:00.000Z',
  since: '2026-01-01T00:00:00.000Z',
  hasPendingForms: false,
});

const group = (
  groupId: string,
  blocks: FormGroupDto['blocks'],
  assignmentId: string | null = null,
): FormGroupDto => ({
  groupId,
  event: 'before-all-assignments',
  assignmentId,
  blocks,
  forms: [],
  draft: {},
});

const next = (mode: NextAssignmentDto['mode'], reason: string): NextAssignmentDto => ({
  mode,
  reason,
  assignment: null,
  optionCount: 0,
});

const setup = (more: Partial<ExperimentSetupDto>): ExperimentSetupDto => ({
  name: 'pilot',
  title: 'Pilot',
  description: '',
  state: 'open',
  isOpen: true,
  opensAt: null,
  closesAt: null,
  registration: 'anonymous',
  condition: 'static',
  progress: { total: 0, completed: 0, isComplete: false },
  forms: [],
  participant: PARTICIPANT,
  pendingFormGroups: [],
  currentAssignment: null,
  nextAssignment: next('none', 'unavailable'),
  assignmentCompleted: false,
  assignments: [],
  allowChoiceIfMultiple: false,
  requireCompletion: true,
  resumableSessionId: null,
  withdrawalText: '',
  completion: null,
  ...more,
});

describe('what a participant can do next', () => {
  it('is to come in, for somebody who has not, whatever they would be asked', () => {
    const pendingFormGroups = [group('before-all-assignments', 'everything')];
    expect(stepOf(setup({ participant: null, pendingFormGroups }))).toEqual({ at: 'door' });
  });

  it('is nothing for somebody who has withdrawn', () => {
    const participant = { ...PARTICIPANT, withdrawnAt: '2026-01-02T00:00:00.000Z' };
    expect(stepOf(setup({ participant, nextAssignment: next('none', 'withdrawn') }))).toEqual({
      at: 'withdrawn',
    });
  });

  it('is to answer what holds everything up, one group at a time', () => {
    const first = group('before-all-assignments', 'everything');
    const pendingFormGroups = [first, group('after-assignment:a0', 'everything')];
    expect(stepOf(setup({ pendingFormGroups, nextAssignment: next('blocked', 'pending_forms') }))).toEqual({
      at: 'answer',
      group: first,
    });
  });

  it('is to answer what belongs to their assignment before they begin it, not what belongs to another', () => {
    const mine = group('before-assignment:a1', 'assignment', 'a1');
    const other = group('before-assignment:a2', 'assignment', 'a2');
    const currentAssignment = assignment('assigned');
    expect(stepOf(setup({ currentAssignment, pendingFormGroups: [other, mine] }))).toEqual({
      at: 'answer',
      group: mine,
    });
    expect(stepOf(setup({ currentAssignment, pendingFormGroups: [other] }))).toMatchObject({ at: 'play' });
  });

  it('is to begin, to go on with or to try again what is theirs', () => {
    const howOf = (current: AssignmentDto) =>
      stepOf(setup({ currentAssignment: current, nextAssignment: next('locked', 'locked') }));
    expect(howOf(assignment('assigned'))).toMatchObject({ at: 'play', how: 'begin' });
    expect(howOf(assignment('in_progress', 1))).toMatchObject({ at: 'play', how: 'continue' });
    expect(howOf(assignment('interrupted', 1))).toMatchObject({ at: 'play', how: 'again' });
    const brokenOff = { ...assignment('interrupted', 1), goesOn: true };
    expect(howOf(brokenOff)).toMatchObject({ at: 'play', how: 'goOn' });
  });

  it('is to take what is given, or to choose', () => {
    expect(stepOf(setup({ nextAssignment: next('ready', 'given') }))).toEqual({ at: 'next' });
    expect(stepOf(setup({ nextAssignment: next('choice', 'choice_allowed') }))).toEqual({ at: 'choose' });
  });

  it('is nothing more once all is done, and to wait with its reason where something may come', () => {
    const completion = { text: 'Bye', code: 'ABC', url: null };
    expect(stepOf(setup({ nextAssignment: next('none', 'complete'), completion }))).toEqual({
      at: 'done',
      completion,
    });
    for (const why of ['paused', 'closed', 'quota_closed', 'not_open_yet', 'unavailable']) {
      expect(stepOf(setup({ nextAssignment: next('none', why) }))).toEqual({ at: 'wait', why });
    }
  });
});

it('leaves forms that hold nothing up beside what is played', () => {
  const aside = group('after-turns:a1:3', 'nothing', 'a1');
  const playing = setup({
    currentAssignment: assignment('in_progress', 1),
    nextAssignment: next('locked', 'in_progress'),
    pendingFormGroups: [aside],
  });
  expect(stepOf(playing)).toMatchObject({ at: 'play', how: 'continue' });
  expect(asideGroups(playing)).toEqual([aside]);
});
