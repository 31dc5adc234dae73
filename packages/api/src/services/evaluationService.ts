import {
  EVALUATION_NOT_OVER,
  EVALUATION_NOT_SCORED,
  evaluationCommand,
  evaluationIn,
  scoreSchema,
} from '@dcs/engine';
import type {
  Evaluating,
  GameRegistry,
  JsonObject,
  SessionEvent,
  SessionLog,
  SessionManager,
} from '@dcs/engine';
import type { EvaluationDto } from '../dto.ts';
import { ApiError, orThrow, refusal } from '../errors.ts';
import type { Principal } from './authorise.ts';
import type { AdmittedSession, SessionAccess } from './sessionAccess.ts';
import { isEvaluationShown } from './sessionDto.ts';

export interface EvaluationServicePorts {
  readonly manager: Pick<SessionManager, 'evaluate'>;
  readonly log: Pick<SessionLog, 'read'>;
  readonly games: GameRegistry;
  readonly access: SessionAccess;
  /** Who is asked to score where a session leaves it to the settings: another one gives other evaluations. */
  readonly judge: string;
}

export interface EvaluationRequest {
  readonly sessionId: string;
  /** For admins: by the present judge, also where the game was scored by another one when it was played. */
  readonly fresh: boolean;
}

/** How sessions came out that are over. */
export interface EvaluationService {
  /** The score that the game has given, else what its judge says when it is asked, which it is once. */
  evaluation(principal: Principal | null, request: EvaluationRequest): Promise<EvaluationDto>;
}

const LOG_PAGE = 500;

async function* eventsOf(log: Pick<SessionLog, 'read'>, sessionId: string): AsyncGenerator<SessionEvent> {
  for (let lastSeq = 0; ;) {
    const page = await log.read(sessionId, lastSeq, LOG_PAGE);
    yield* page;
    if (page.length < LOG_PAGE) return;
    lastSeq = page.at(-1)?.seq ?? lastSeq;
  }
}

interface Found {
  readonly event: SessionEvent;
  readonly score: JsonObject;
}

const evaluationDto = ({ event, score }: Found, cached: boolean): EvaluationDto => {
  const { failure, ...evaluation } = scoreSchema.parse(score);
  return { eventId: event.eventId, cached, evaluation: { ...evaluation, notScored: failure } };
};

export function createEvaluationService(ports: EvaluationServicePorts): EvaluationService {
  const { manager, log, games, access, judge } = ports;

  /** Throws for a session that has no evaluation to give, or none to this reader. */
  function evaluatingOf({ principal, present }: AdmittedSession, fresh: boolean): Evaluating<never> {
    const { header, exited } = present;
    const evaluating = games.played(header.game)?.game.evaluating;
    if (evaluating === undefined) throw refusal(EVALUATION_NOT_SCORED);
    if (fresh && principal.role !== 'admin') {
      throw new ApiError('auth/forbidden', 'This needs the access key of an administrator.');
    }
    if (!isEvaluationShown(evaluating, header, principal)) {
      throw new ApiError('evaluation/not-shown', 'How this session came out is not shown to its players.');
    }
    if (!exited) throw refusal(EVALUATION_NOT_OVER);
    return evaluating;
  }

  const judgeOf = ({ present }: AdmittedSession): string => present.header.models?.scorer?.join(',') ?? judge;

  /** What the log has: under this command, which is of a judge, or, unless it is to be `fresh`, by the game itself, which comes first. */
  async function find(key: string, evaluating: Evaluating<never>, { sessionId, fresh }: EvaluationRequest) {
    let byGame: Found | null = null;
    let byJudge: Found | null = null;
    for await (const event of eventsOf(log, sessionId)) {
      const score = evaluationIn(evaluating, event);
      if (score === null) continue;
      if (event.kind !== 'evaluation') byGame = { event, score };
      else if (event.commandId === key) byJudge = { event, score };
    }
    return fresh ? byJudge : (byGame ?? byJudge);
  }

  return {
    evaluation: async (principal, request) => {
      const { sessionId } = request;
      const admitted = await access.admit(principal, 'session.read', sessionId);
      const evaluating = evaluatingOf(admitted, request.fresh);
      const asked = judgeOf(admitted);
      const key = evaluationCommand(evaluating.promptVersion, asked);
      const known = await find(key, evaluating, request);
      if (known !== null) return evaluationDto(known, true);
      const { lastSeq } = orThrow(await manager.evaluate({ sessionId, judge: asked }));
      const [event] = await log.read(sessionId, lastSeq - 1, 1);
      const score = event === undefined ? null : evaluationIn(evaluating, event);
      if (event === undefined || score === null) throw new Error('An evaluation has not been recorded.');
      return evaluationDto({ event, score }, false);
    },
  };
}
