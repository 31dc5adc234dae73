import { standingOf } from '@dcs/engine';
import type { ExperimentManager, SessionManager, ShownVersions } from '@dcs/engine';
import type {
  AssignmentDto,
  AssignmentStartedDto,
  DraftSavedDto,
  EligibleOptionsDto,
  ExperimentPageDto,
  ExperimentProgressDto,
  ExperimentSetupDto,
  ExperimentStatusDto,
  FormsSubmittedDto,
  JoinedDto,
  WithdrawnDto,
} from '../../experimentDto.ts';
import { ApiError } from '../../errors.ts';
import { isoTime } from '../../isoTime.ts';
import { authorise } from '../authorise.ts';
import type { Principal } from '../authorise.ts';
import { answeredGroup, notAsked, pendingGroup, refuseUnlessShown, sentSoFar } from './askedGroups.ts';
import type { AssignmentSessions } from './assignmentSessions.ts';
import { decided, unknownExperiment } from './decided.ts';
import { eligibleOptions } from './eligibleOptions.ts';
import type { OptionsRequest } from './eligibleOptions.ts';
import { assignmentDto, hidesNpc, rowDto, stagingOf, statusDto } from './experimentDtos.ts';
import { createExperimentMoments } from './experimentMoments.ts';
import type { ExperimentPlans } from './experimentPlans.ts';
import type { FormAnswers, Responses } from './formAnswers.ts';
import { namesPage } from './namesPage.ts';
import type { NamesRequest } from './namesPage.ts';
import { leaveExperiment } from './leaveExperiment.ts';
import { plansOf } from './plansOf.ts';
import { setupDto } from './setupDto.ts';
import { startAssignment } from './startAssignment.ts';
import { variantMeant } from './variantMeant.ts';

export interface ExperimentServicePorts {
  readonly experiments: ExperimentManager;
  readonly plans: ExperimentPlans;
  readonly answers: FormAnswers;
  readonly endings: Pick<AssignmentSessions, 'settled' | 'catchUp'>;
  readonly manager: SessionManager;
}

export interface OfExperiment {
  readonly name: string;
}

export interface AnsweringRequest extends OfExperiment {
  readonly groupId: string;
  readonly responses: Responses;
}

export interface SubmitRequest extends AnsweringRequest {
  /** Of the forms that were shown; without it, they are taken for those that are asked now. */
  readonly versions?: ShownVersions | undefined;
}

export interface SelectRequest extends OfExperiment {
  readonly game: string;
  readonly pc?: string | null | undefined;
  readonly npc?: string | null | undefined;
}

export interface StartSessionRequest extends OfExperiment {
  readonly assignmentId?: string | undefined;
  readonly source?: string | undefined;
}

/** Experiments as participants have them. Queries change nothing. */
export interface ExperimentService {
  list(principal: Principal | null, request: NamesRequest): Promise<ExperimentPageDto>;
  /** For visitors too: they learn what it is about before they make an account. */
  setup(principal: Principal | null, request: OfExperiment): Promise<ExperimentSetupDto>;
  progress(principal: Principal | null, request: OfExperiment): Promise<ExperimentProgressDto>;
  status(principal: Principal | null, request: OfExperiment): Promise<ExperimentStatusDto>;
  /** Repeatable. */
  join(principal: Principal | null, request: OfExperiment): Promise<JoinedDto>;
  /** Joins as well, for whoever has not. Repeatable with the same answers. */
  submitForm(principal: Principal | null, request: SubmitRequest): Promise<FormsSubmittedDto>;
  saveDraft(principal: Principal | null, request: AnsweringRequest): Promise<DraftSavedDto>;
  eligibleOptions(
    principal: Principal | null,
    request: OfExperiment & OptionsRequest,
  ): Promise<EligibleOptionsDto>;
  select(principal: Principal | null, request: SelectRequest): Promise<AssignmentDto>;
  /** The next assignment, where it is given. Repeatable. */
  next(principal: Principal | null, request: OfExperiment): Promise<AssignmentDto>;
  /** Joins and takes the next assignment as well, where that is all there is to do. Repeatable. */
  startSession(principal: Principal | null, request: StartSessionRequest): Promise<AssignmentStartedDto>;
  /** For good; ends what is being played. Repeatable. */
  withdraw(principal: Principal | null, request: OfExperiment): Promise<WithdrawnDto>;
}

export function createExperimentService(ports: ExperimentServicePorts): ExperimentService {
  const { experiments, plans, answers, manager } = ports;
  const { momentOf } = createExperimentMoments(ports);

  /** Somebody who takes part from now on, if they did not before. */
  async function joined(asked: string, principal: Principal | null) {
    const { playerId, anonymous } = authorise(principal, 'experiment.join', null);
    const before = await momentOf(asked, playerId);
    const { name, config } = before.plan;
    const known = before.state.participants.get(playerId);
    if (known === undefined && anonymous && config.registration === 'required') {
      const message = 'Please register to take part in this experiment.';
      throw new ApiError('auth/registration-required', message);
    }
    const isIn = known?.withdrawnAt === null;
    if (!isIn) await decided(experiments, name, { type: 'join', participantId: playerId, kind: 'human' });
    return { name, participantId: playerId, moment: isIn ? before : await momentOf(name) };
  }

  async function currentOf(name: string, participantId: string): Promise<AssignmentDto> {
    const moment = await momentOf(name);
    const standing = standingOf(moment, participantId);
    const assignment = standing?.assignments.findLast(({ status }) => status !== 'dropped');
    if (standing === null || assignment === undefined) {
      throw new ApiError('assignment/not-found', 'There is no such assignment among yours.');
    }
    return assignmentDto(await plansOf({ moment, plans }, assignment), assignment, standing.groups);
  }

  return {
    list: async (principal, request) => {
      const { shown, nextCursor } = namesPage(await plans.names(), request);
      const moments = await Promise.all(shown.map((name) => experiments.present(name)));
      return {
        experiments: moments.flatMap((moment) =>
          moment === null ? [] : [rowDto(moment, principal?.playerId ?? null)],
        ),
        nextCursor,
      };
    },

    setup: async (principal, { name }) => {
      const moment = await momentOf(name, principal?.playerId);
      return setupDto({ moment, answers, plans }, { playerId: principal?.playerId ?? null });
    },

    progress: async (principal, { name }) => {
      authorise(principal, 'experiment.read', null);
      const { total, completed, isComplete } = statusDto(await momentOf(name));
      return { total, completed, isComplete };
    },

    status: async (principal, { name }) => {
      authorise(principal, 'experiment.read', null);
      return statusDto(await momentOf(name));
    },

    join: async (principal, request) => {
      const { name, participantId, moment } = await joined(request.name, principal);
      const participant = moment.state.participants.get(participantId);
      if (participant === undefined) throw unknownExperiment();
      return { name, number: participant.number, joinedAt: isoTime(participant.joinedAt) };
    },

    submitForm: async (principal, { groupId, responses, versions, ...request }) => {
      const { name, participantId, moment } = await joined(request.name, principal);
      const pending = pendingGroup(moment, participantId, groupId);
      const group = pending ?? answeredGroup(moment, participantId, { groupId, versions });
      if (group === null) throw notAsked();
      if (pending !== null && versions !== undefined) refuseUnlessShown(pending, versions);
      const answering = { experiment: name, participantId, group };
      const read = answers.read(answering, responses, moment);
      // What is sent again was kept before, and what is sent too late is not kept.
      if (pending !== null) await answers.keep(answering, read);
      const forms = read.map(({ answers: _answers, ...form }) => form);
      await decided(experiments, name, { type: 'submitForms', participantId, groupId, forms });
      await answers.removeDraft(answering);
      const left = standingOf(await momentOf(name), participantId)?.groups.length ?? 0;
      const { event, assignmentId } = answering.group;
      return { groupId, trigger: event, assignmentId, formsPending: left > 0 };
    },

    saveDraft: async (principal, { groupId, responses, ...request }) => {
      const { playerId } = authorise(principal, 'experiment.join', null);
      const moment = await momentOf(request.name, playerId);
      const group = pendingGroup(moment, playerId, groupId);
      if (group === null) {
        // A draft that was on its way while the answers were sent: they are kept, and nothing of it is needed.
        if (answeredGroup(moment, playerId, { groupId }) !== null)
          return { groupId, savedAt: isoTime(moment.now) };
        throw notAsked();
      }
      const answering = { experiment: moment.plan.name, participantId: playerId, group };
      const before = sentSoFar(moment, playerId, groupId);
      const at = await answers.saveDraft(answering, responses);
      // Answers that came in meanwhile have removed a draft that was not there yet: this one would fill in the next edition.
      const isLate = sentSoFar(await momentOf(request.name), playerId, groupId) !== before;
      if (isLate) await answers.removeDraft(answering);
      return { groupId, savedAt: isoTime(at) };
    },

    eligibleOptions: async (principal, { name, ...request }) => {
      const { playerId } = authorise(principal, 'experiment.join', null);
      const moment = await momentOf(name);
      return eligibleOptions(moment, playerId, request);
    },

    select: async (principal, { name: asked, game, pc, npc }) => {
      const { name, participantId, moment } = await joined(asked, principal);
      const variant = variantMeant(moment, game);
      const staging = stagingOf(moment.plan, variant);
      // Whom one meets is kept from participants: it must not be found out by asking for one after the other.
      const isOpen = staging !== null && !hidesNpc(staging);
      await decided(experiments, name, {
        type: 'select',
        participantId,
        game: variant,
        pc: pc ?? null,
        ...(npc === undefined || !isOpen ? {} : { npc }),
      });
      return currentOf(name, participantId);
    },

    next: async (principal, request) => {
      const { name, participantId } = await joined(request.name, principal);
      await decided(experiments, name, { type: 'next', participantId });
      return currentOf(name, participantId);
    },

    startSession: async (principal, { name: asked, assignmentId, source }) => {
      const { name, participantId } = await joined(asked, principal);
      return startAssignment(
        { experiments, plans, manager },
        { name, participantId, assignmentId, source: source ?? 'experiment' },
      );
    },

    withdraw: async (principal, request) => {
      const { playerId } = authorise(principal, 'experiment.join', null);
      const before = await momentOf(request.name);
      const { name } = before.plan;
      const withdrawnAt = await leaveExperiment(ports, name, playerId);
      if (withdrawnAt === null) throw unknownExperiment();
      return { withdrawnAt: isoTime(withdrawnAt) };
    },
  };
}
