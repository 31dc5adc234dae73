import type { AssignmentDto, ExperimentSetupDto, FormGroupDto, NextAssignmentDto } from '@dcs/api';

/* An experiment as the tests of this folder need it. */

export const PARTICIPANT = {
  number: 1,
  joinedAt: '2026-01-01T00:00:00.000Z',
  withdrawnAt: null,
  completed: 0,
  most: 3,
  isFinished: false,
};

export const assignmentOf = (status: AssignmentDto['status'], attempts = 0): AssignmentDto => ({
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

export const groupOf = (
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

export const nextOf = (mode: NextAssignmentDto['mode'], reason: string): NextAssignmentDto => ({
  mode,
  reason,
  assignment: null,
  optionCount: 0,
});

export const setupOf = (more: Partial<ExperimentSetupDto> = {}): ExperimentSetupDto => ({
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
  nextAssignment: nextOf('none', 'unavailable'),
  assignmentCompleted: false,
  assignments: [],
  moreAssignments: 0,
  allowChoiceIfMultiple: false,
  requireCompletion: true,
  resumableSessionId: null,
  withdrawalText: '',
  completion: null,
  ...more,
});
