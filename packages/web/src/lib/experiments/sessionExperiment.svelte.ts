import type { AssignmentDto, ExperimentSetupDto, FormGroupDto } from '@dcs/api';
import type { Answered } from '#lib/answered.ts';
import { stepOf } from './step.ts';
import type { Step } from './step.ts';

/** How an experiment stands for its reader. Never rejects. */
export type AskExperiment = () => Promise<Answered<{ readonly setup: ExperimentSetupDto }>>;

export interface SessionExperimentPorts {
  readonly sessionId: string;
  readonly playerId: string;
  /** As the page came with it. */
  readonly setup: ExperimentSetupDto;
  readonly ask: AskExperiment;
}

/** How far a session has come. */
export interface Reached {
  readonly turns: number;
  readonly hasEnded: boolean;
}

/** What is asked in a session rather than around it. */
const IN_GAME: readonly FormGroupDto['event'][] = ['after-turns', 'on-finish'];

/** The experiment of a session, as the page on which it is played knows it: what is asked there, and what comes next. */
export class SessionExperiment {
  readonly #ports: SessionExperimentPorts;
  #setup = $state.raw<ExperimentSetupDto>() as ExperimentSetupDto;
  /** The id of the group that is not to be seen for now. */
  #aside = $state.raw<string | null>(null);
  #reached: Reached;
  #looking: Promise<boolean> | null = null;

  /** Whether what is asked can be seen where the page stands now; whoever shows it says so. */
  isInView = $state(false);

  constructor(ports: SessionExperimentPorts, reached: Reached) {
    this.#ports = ports;
    this.#setup = ports.setup;
    this.#reached = reached;
  }

  get playerId(): string {
    return this.#ports.playerId;
  }

  readonly setup = $derived.by(() => this.#setup);

  readonly #assignment = $derived.by<AssignmentDto | null>(
    () => this.setup.assignments.find(({ lastSessionId }) => lastSessionId === this.#ports.sessionId) ?? null,
  );

  /** What is to be answered in this session now, one group after the other. */
  readonly asked = $derived.by<FormGroupDto | null>(() => {
    const assignmentId = this.#assignment?.assignmentId;
    if (assignmentId === undefined) return null;
    return (
      this.setup.pendingFormGroups.find(
        (group) => group.assignmentId === assignmentId && IN_GAME.includes(group.event),
      ) ?? null
    );
  });

  readonly isAside = $derived.by(() => this.asked !== null && this.asked.groupId === this.#aside);

  /** What comes after the session; `null` as long as the experiment is not known to know of its end. */
  readonly next = $derived.by<Step | null>(() =>
    this.#assignment?.status === 'in_progress' ? null : stepOf(this.setup),
  );

  /** Nothing is lost by it: what is asked comes up again when it is wanted, and after the session at the latest. */
  putAside(): void {
    this.#aside = this.asked?.groupId ?? null;
  }

  takeUp(): void {
    this.#aside = null;
  }

  /** Tells it how far the session is. The experiment is asked about only when that can have changed something. */
  heed(reached: Reached): void {
    const { turns, hasEnded } = this.#reached;
    const isLater = reached.turns > turns && this.#asksMidway();
    const isOver = reached.hasEnded && !hasEnded;
    this.#reached = reached;
    if (isLater || isOver) void this.look();
  }

  /** Resolves with whether it is known how things stand. Where it is not, the page of the experiment asks in its time. */
  look(): Promise<boolean> {
    // What is being asked may be answered with how things stood before.
    const before = this.#looking;
    const looking = (before ?? Promise.resolve()).then(() => this.#look());
    this.#looking = looking;
    return looking;
  }

  /** The answers to a group are in. */
  async answered(groupId: string): Promise<void> {
    if (await this.look()) return;
    const pendingFormGroups = this.#setup.pendingFormGroups.filter((group) => group.groupId !== groupId);
    this.#setup = { ...this.#setup, pendingFormGroups };
  }

  async #look(): Promise<boolean> {
    const answer = await this.#ports.ask();
    if (answer.ok) this.#setup = answer.setup;
    return answer.ok;
  }

  #asksMidway(): boolean {
    return this.setup.forms.some(({ event }) => event === 'after-turns');
  }
}
