import { randomStream } from '../../random.ts';
import type { RandomStream } from '../../random.ts';
import type { Candidate, ParticipantKind } from '../event.ts';
import { isAsked } from '../forms/form.ts';
import type { FormGroup } from '../forms/pendingGroups.ts';
import { brokenOffSession } from '../goingOn.ts';
import type { Standing } from '../standing.ts';
import type { Assignment } from '../state.ts';
import { drawn, happens, part } from './chance.ts';
import type { Journey, Outcome, Stage } from './journey.ts';
import type { Population } from './population.ts';
import type { SimulatedExperiment } from './simulatedExperiment.ts';

/** Somebody on their way through a simulation. */
export interface Walk {
  /** Does what is to be done at `now`. Answers with when it goes on, or how it ended. */
  step(now: number): number | Outcome;
  journey(endedAt: number, outcome: Outcome): Journey;
}

export interface Walker {
  readonly participantId: string;
  readonly kind: ParticipantKind;
  readonly arrivedAt: number;
  /** Of their own: what one does shifts no chances of another. */
  readonly stream: string;
  readonly population: Population;
  /** What they could say that they know about. */
  readonly tokens: readonly string[];
}

/** A session of somebody. */
interface Sitting {
  readonly assignment: Assignment;
  readonly sessionId: string;
  /** Turns that were played in the session that this one goes on from. */
  readonly before: number;
}

type Doing = (now: number) => number | Outcome;

const SECOND = 1000;
/** Far more than anybody can be given; whoever comes here goes round in circles. */
const MOST_STEPS = 100_000;

export function createWalk(experiment: SimulatedExperiment, walker: Walker): Walk {
  const { participantId, kind, population } = walker;
  const random: RandomStream = randomStream(walker.stream);
  const reached = new Set<Stage>();
  const asked = new Set<string>();
  const known = random.pick(walker.tokens);
  const expertise = known === undefined ? [] : [known];
  let activeMs = 0;
  let steps = 0;
  let doing: Doing = join;

  const ofMine = { participantId };

  function join(now: number): number | Outcome {
    reached.add('joining');
    // Their page says so before they begin.
    if (experiment.isFull(now)) return { type: 'turnedAway', stage: 'joining', reason: 'experiment/full' };
    const decision = experiment.run({ type: 'join', ...ofMine, kind }, now);
    if (!decision.ok) return { type: 'turnedAway', stage: 'joining', reason: decision.reason };
    doing = goOn;
    return now;
  }

  /** Whatever comes next. */
  function goOn(now: number): number | Outcome {
    steps += 1;
    const standing = experiment.standing(participantId, now);
    if (standing === null || steps > MOST_STEPS) {
      throw new RangeError(`${participantId} does not get anywhere in this experiment.`);
    }
    const group = dueGroup(standing);
    if (group !== undefined) return answer(group, now);
    if (standing.current !== null) return begin(standing.current, now);
    return choose(standing, now);
  }

  function leaves(stage: Stage, probability: number): boolean {
    reached.add(stage);
    return kind === 'human' && happens(random, probability);
  }

  function spend(seconds: number): number {
    const ms = Math.round(seconds * SECOND);
    if (kind === 'human') activeMs += ms;
    return ms;
  }

  function answer({ groupId, event, forms }: FormGroup, now: number): number | Outcome {
    for (const { name } of forms) asked.add(name);
    if (leaves(event, population.dropOut.form)) return { type: 'left', stage: event };
    const questions = forms.flatMap((form) => form.questions).filter(isAsked).length;
    const isPerson = kind === 'human';
    const pace = drawn(random, isPerson ? population.secondsPerQuestion : population.secondsPerModelTurn);
    const ms = spend(isPerson ? Math.max(1, questions) * pace : pace);
    doing = (then) => {
      const submitted = forms.map(({ name, version, questions: of }) => ({
        submissionId: `${participantId} ${groupId} ${name}`,
        form: name,
        version,
        expertise: of.some(({ key }) => key === 'expertise') ? expertise : [],
      }));
      const decision = experiment.run({ type: 'submitForms', ...ofMine, groupId, forms: submitted }, then);
      if (!decision.ok) return { type: 'turnedAway', stage: event, reason: decision.reason };
      doing = goOn;
      return then;
    };
    return now + ms;
  }

  function begin(assignment: Assignment, now: number): number | Outcome {
    const { assignmentId, attempts } = assignment;
    if (leaves('assignment', population.dropOut.assignment)) return { type: 'left', stage: 'assignment' };
    const prepared = experiment.run({ type: 'prepare', ...ofMine, assignmentId }, now);
    if (!prepared.ok) {
      // Others have taken its place while they were away: they go on with something else.
      if (prepared.reason === 'assignment/dropped') return now;
      return { type: 'turnedAway', stage: 'assignment', reason: prepared.reason };
    }
    const sessionId = `${assignmentId} ${attempts.length + 1}`;
    const goesOnFrom = brokenOffSession(assignment, experiment.plan);
    const from = goesOnFrom === null ? {} : { goesOnFrom };
    experiment.run({ type: 'start', ...ofMine, assignmentId, sessionId, ...from }, now);
    const before = goesOnFrom === null ? 0 : (attempts.at(-1)?.turns ?? 0);
    return play({ assignment, sessionId, before }, now);
  }

  /** Turns that there is room for in a game, whoever plays it takes so long for each. */
  function mostTurns(game: string, secondsEach: number): number {
    const { turns = null, runtimeSeconds = null } = experiment.plan.limits.get(game) ?? {};
    const inTime = runtimeSeconds === null ? Infinity : Math.floor(runtimeSeconds / secondsEach);
    return Math.min(turns ?? population.mostTurns, inTime);
  }

  function play({ assignment, sessionId, before }: Sitting, now: number): number {
    const { assignmentId, game } = assignment;
    const wanted = Math.round(drawn(random, population.turnsPerSession));
    const isLeft = leaves('session', population.dropOut.session);
    const share = isLeft ? part(random) : 1;
    const pace = kind === 'human' ? population.secondsPerTurn : population.secondsPerModelTurn;
    const secondsEach = drawn(random, pace);
    const most = Math.max(1, Math.min(wanted, mostTurns(game, secondsEach)) - before);
    const played = Math.floor(most * share);
    const ms = spend(played * secondsEach);
    doing = (then) => {
      const reason = isLeft ? 'user_close_button' : 'game_completed';
      const turns = before + played;
      experiment.run({ type: 'end', assignmentId, sessionId, reason, turns }, then);
      doing = goOn;
      if (!isLeft) return then;
      return happens(random, population.comesBack)
        ? then + Math.round(drawn(random, population.awaySeconds) * SECOND)
        : { type: 'left', stage: 'session' };
    };
    return now + ms;
  }

  function choose({ next }: Standing, now: number): number | Outcome {
    if (next.mode === 'choice') {
      const { game, pc, npc } = chosenFrom(next.candidates.all(), random);
      return afterCommand(experiment.run({ type: 'select', ...ofMine, game, pc, npc }, now), now);
    }
    if (next.mode === 'ready') return afterCommand(experiment.run({ type: 'next', ...ofMine }, now), now);
    if (next.reason === 'complete') return { type: 'finished' };
    return {
      type: 'turnedAway',
      stage: 'assignment',
      reason: `experiment/${next.reason.replaceAll('_', '-')}`,
    };
  }

  const afterCommand = (decision: ReturnType<SimulatedExperiment['run']>, now: number): number | Outcome =>
    decision.ok ? now : { type: 'turnedAway', stage: 'assignment', reason: decision.reason };

  return {
    step: (now) => doing(now),
    journey: (endedAt, outcome) => ({
      participantId,
      kind,
      arrivedAt: walker.arrivedAt,
      endedAt,
      activeMs,
      reached,
      asked,
      outcome,
    }),
  };
}

/** As the pages ask them: a game first, then whom they play, then whom they meet. */
function chosenFrom(candidates: readonly Candidate[], random: RandomStream): Candidate {
  const games = new Set(candidates.map(({ game }) => game));
  const game = random.pick([...games]);
  const inGame = candidates.filter((one) => one.game === game);
  const pc = random.pick([...new Set(inGame.map((one) => one.pc))]);
  const chosen = random.pick(inGame.filter((one) => one.pc === pc));
  if (chosen === undefined) throw new RangeError('There is nothing to choose from.');
  return chosen;
}

/** What they are asked now: whatever bars the way. */
const dueGroup = ({ groups, current }: Standing): FormGroup | undefined =>
  groups.find(
    ({ blocks, assignmentId }) =>
      blocks === 'everything' || (blocks === 'assignment' && assignmentId === current?.assignmentId),
  );
