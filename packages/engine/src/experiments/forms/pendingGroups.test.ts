import { describe, expect, it } from 'vitest';
import type { ParticipantKind } from '../event.ts';
import type { ExperimentGame } from '../experiment.schema.ts';
import type { AssignmentStatus, Submission } from '../state.ts';
import { formSchema } from './form.schema.ts';
import type { Form } from './form.ts';
import { pendingGroups } from './pendingGroups.ts';
import type { FormsDue } from './pendingGroups.ts';
import { readForm } from './readForm.ts';

const formFor = (name: string, trigger: object, version = 1): Form =>
  readForm(
    formSchema.parse({ name, version, trigger, questions: [{ prompt: 'How was it?', type: 'string' }] }),
  );

const CONSENT = formFor('consent', { event: 'before-all-assignments' });
const BRIEFING = formFor('briefing', { event: 'before-assignment' });
const FEEDBACK = formFor('feedback', { event: 'after-assignment' });
const MIDWAY = formFor('midway', { event: 'after-turns', turns: 3 });
const ENDING = formFor('ending', { event: 'on-finish' });
const DEBRIEFING = formFor('debriefing', { event: 'after-all-assignments' });

const GAMES: readonly ExperimentGame[] = [
  { name: 'explore', variant: 'explore-hidden', overrides: {} },
  { name: 'teamwork', overrides: {} },
];

const assignment = (assignmentId: string, status: AssignmentStatus, game = 'teamwork') => ({
  assignmentId,
  status,
  game,
});

/** What was answered, as `group form version`. */
function answered(...lines: readonly string[]): FormsDue['participant']['submissions'] {
  const groups = new Map<string, Map<string, Submission>>();
  for (const line of lines) {
    const [group = '', form = '', version = '1'] = line.split(' ');
    const ofGroup = groups.get(group) ?? new Map<string, Submission>();
    groups.set(group, ofGroup.set(form, { submissionId: line, form, version: Number(version), at: 1 }));
  }
  return groups;
}

interface Case extends Partial<Omit<FormsDue, 'participant'>> {
  readonly answers?: readonly string[];
  readonly withdrawnAt?: number;
  readonly kind?: ParticipantKind;
}

/** Pending groups as `group: forms (what they block)`. */
function pending({ answers = [], withdrawnAt, kind = 'human', ...due }: Case): readonly string[] {
  const groups = pendingGroups({
    forms: [],
    games: GAMES,
    assignments: [],
    isFinished: false,
    turnsOf: () => 0,
    ...due,
    participant: { kind, withdrawnAt: withdrawnAt ?? null, submissions: answered(...answers) },
  });
  return groups.map(
    ({ groupId, forms, blocks }) => `${groupId}: ${forms.map(({ name }) => name).join(', ')} (${blocks})`,
  );
}

describe('forms before and after everything', () => {
  it('block everything, the first from the beginning and the last once all is played', () => {
    const forms = [DEBRIEFING, CONSENT];
    expect(pending({ forms })).toEqual(['before-all-assignments: consent (everything)']);
    expect(pending({ forms, isFinished: true, answers: ['before-all-assignments consent'] })).toEqual([
      'after-all-assignments: debriefing (everything)',
    ]);
  });

  it('are asked together, and each until it was answered', () => {
    const profile = formFor('profile', { event: 'before-all-assignments' });
    const forms = [CONSENT, profile];
    expect(pending({ forms })).toEqual(['before-all-assignments: consent, profile (everything)']);
    expect(pending({ forms, answers: ['before-all-assignments consent'] })).toEqual([
      'before-all-assignments: profile (everything)',
    ]);
    const answers = ['before-all-assignments consent', 'before-all-assignments profile'];
    expect(pending({ forms, answers })).toEqual([]);
  });

  it('are asked again in a later version, and not again in an earlier one', () => {
    const answers = ['before-all-assignments consent 2'];
    const inVersion = (version: number) => [formFor('consent', { event: 'before-all-assignments' }, version)];
    expect(pending({ forms: inVersion(1), answers })).toEqual([]);
    expect(pending({ forms: inVersion(2), answers })).toEqual([]);
    expect(pending({ forms: inVersion(3), answers })).toEqual([
      'before-all-assignments: consent (everything)',
    ]);
  });
});

describe('forms around assignments', () => {
  const forms = [BRIEFING, FEEDBACK, ENDING];

  it('come before each one that is to be played, and block only that', () => {
    const assignments = [assignment('a1', 'assigned'), assignment('a2', 'interrupted')];
    expect(pending({ forms, assignments })).toEqual([
      'before-assignment:a1: briefing (assignment)',
      'before-assignment:a2: briefing (assignment)',
    ]);
    expect(pending({ forms, assignments, answers: ['before-assignment:a2 briefing'] })).toEqual([
      'before-assignment:a1: briefing (assignment)',
    ]);
  });

  it('come after each one that was completed, and block everything', () => {
    expect(pending({ forms, assignments: [assignment('a1', 'completed')] })).toEqual([
      'on-finish:a1: ending (everything)',
      'after-assignment:a1: feedback (everything)',
    ]);
  });

  it('are not asked while it is played, nor of one that was dropped', () => {
    const assignments = [assignment('a1', 'in_progress'), assignment('a2', 'dropped')];
    expect(pending({ forms, assignments })).toEqual([]);
  });

  it('are asked before those that concern only what comes next', () => {
    const assignments = [assignment('a1', 'assigned'), assignment('a2', 'completed')];
    expect(pending({ forms: [BRIEFING, FEEDBACK], assignments })).toEqual([
      'after-assignment:a2: feedback (everything)',
      'before-assignment:a1: briefing (assignment)',
    ]);
  });

  it('are asked only in the games of their trigger, by name or variant', () => {
    const assignments = [
      assignment('a1', 'completed', 'explore-hidden'),
      assignment('a2', 'completed', 'teamwork'),
    ];
    const ofGames = (...games: readonly string[]) => [
      formFor('feedback', { event: 'after-assignment', games }),
    ];
    const ofExplore = ['after-assignment:a1: feedback (everything)'];
    expect(pending({ forms: ofGames('explore'), assignments })).toEqual(ofExplore);
    expect(pending({ forms: ofGames('explore-hidden'), assignments })).toEqual(ofExplore);
    expect(pending({ forms: ofGames('foresight'), assignments })).toEqual([]);
    expect(pending({ forms: ofGames('foresight', 'explore', 'teamwork'), assignments })).toHaveLength(2);
  });
});

describe('forms in the middle of a play', () => {
  const late = formFor('late', { event: 'after-turns', turns: 10 });
  const forms = [late, MIDWAY];

  it('are asked once so many turns are played, and block nothing while it goes on', () => {
    const assignments = [assignment('a1', 'in_progress')];
    const afterTurns = (turns: number) => pending({ forms, assignments, turnsOf: () => turns });
    expect(afterTurns(2)).toEqual([]);
    expect(afterTurns(3)).toEqual(['after-turns:a1:3: midway (nothing)']);
    expect(afterTurns(12)).toEqual([
      'after-turns:a1:3: midway (nothing)',
      'after-turns:a1:10: late (nothing)',
    ]);
  });

  it('block everything once it is completed without them', () => {
    const assignments = [assignment('a1', 'completed')];
    expect(pending({ forms, assignments, turnsOf: () => 4 })).toEqual([
      'after-turns:a1:3: midway (everything)',
    ]);
    const answers = ['after-turns:a1:3 midway'];
    expect(pending({ forms, assignments, turnsOf: () => 4, answers })).toEqual([]);
  });

  it('are not asked of a play that was interrupted', () => {
    const assignments = [assignment('a1', 'interrupted')];
    expect(pending({ forms, assignments, turnsOf: () => 4 })).toEqual([]);
  });
});

it('asks nothing of somebody who withdrew', () => {
  const assignments = [assignment('a1', 'completed'), assignment('a2', 'assigned')];
  const forms = [CONSENT, BRIEFING, FEEDBACK, DEBRIEFING];
  expect(pending({ forms, assignments, isFinished: true, withdrawnAt: 5 })).toEqual([]);
});

it('asks nothing of a model: forms are for people, and keep none back', () => {
  const assignments = [assignment('a1', 'completed'), assignment('a2', 'assigned')];
  const forms = [CONSENT, BRIEFING, FEEDBACK, DEBRIEFING];
  expect(pending({ forms, assignments, isFinished: true, kind: 'model' })).toEqual([]);
});
