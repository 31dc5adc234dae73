import type { Decision, DecisionTools, Game, GameCommand } from '../game/game.ts';
import { createScriptedModel } from '../models/scripted/scriptedModel.ts';
import { ModelFailure } from '../models/languageModel.ts';
import type { ModelFailureReason, ModelRole } from '../models/languageModel.ts';
import { randomStream } from '../random.ts';
import type { EventDraft, SessionEvent } from '../session/event.ts';
import { bareSheet, gardener } from './characterSheets.ts';
import { NO_FLAGS } from '../session/flags.ts';

/** What a model answers in a test: text, the name of a failure, or what the scripted simulator would say (`null`). */
export type Answer = string | null;

export interface RoleplayTable<State> {
  /** Everything durable so far. */
  readonly log: SessionEvent[];
  readonly state: () => State;
  /** The roles that were asked, with the number of events that were durable at that moment. */
  readonly asked: { readonly role: ModelRole; readonly durable: number }[];
  readonly phases: string[];
  readonly drafts: string[];
  answers: Partial<Record<ModelRole, Answer>>;
  /** Plays a command to its end. */
  play(command: GameCommand<never>): Promise<Decision>;
  say(text: string): Promise<Decision>;
  /** Plays a command until `durable` events of it are written, then stops as a crash would. */
  crashAfter(command: GameCommand<never>, durable: number): Promise<void>;
}

const FAILURES: readonly string[] = [
  'model/unavailable',
  'model/timeout',
  'model/refused',
  'model/cancelled',
];
const isFailure = (answer: string): answer is ModelFailureReason => FAILURES.includes(answer);

const neverCancelled = {
  aborted: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
};

class Crash extends Error {}

/** A language game with an in-memory log: yields become durable, state is only ever folded from them. */
export function createRoleplayTable<Config, State>(
  game: Game<Config, State, never>,
  config: Partial<Record<keyof Config, unknown>> = {},
  characters = { pc: gardener, npc: bareSheet },
): RoleplayTable<State> {
  const start = game.init({ config: game.configSchema.parse(config), characters });
  const scripted = createScriptedModel();
  let state = start;
  let room = Number.MAX_SAFE_INTEGER;
  const table: RoleplayTable<State> = {
    log: [],
    state: () => state,
    asked: [],
    phases: [],
    drafts: [],
    answers: {},
    play,
    say: (text) => play({ type: 'text', seat: 'pc', text }),
    crashAfter: async (command, durable) => {
      room = durable;
      try {
        await play(command);
      } catch (fault) {
        if (!(fault instanceof Crash)) throw fault;
      } finally {
        room = Number.MAX_SAFE_INTEGER;
      }
    },
  };

  function write(drafts: readonly EventDraft[], receipt: SessionEvent['receipt']): void {
    for (const [index, draft] of drafts.entries()) {
      if (room === 0) throw new Crash();
      room -= 1;
      const event: SessionEvent = JSON.parse(
        JSON.stringify({
          ...draft,
          sessionId: 's',
          seq: table.log.length + 1,
          eventId: `e${table.log.length + 1}`,
          at: table.log.length,
          turn: game.progress(state).turns + 1,
          commandId: 'c',
          receipt: index === drafts.length - 1 ? receipt : null,
        }),
      );
      table.log.push(event);
      state = game.evolve(state, event, NO_FLAGS);
    }
    if (room === 0) throw new Crash();
  }

  const tools: DecisionTools = {
    now: () => 0,
    random: (name) => randomStream(`seed/${table.log.length}/${name}`),
    phase: (phase) => void table.phases.push(phase),
    draft: (text) => void table.drafts.push(text),
    ask: async (request, onText = () => undefined) => {
      table.asked.push({ role: request.role, durable: table.log.length });
      const answer = table.answers[request.role] ?? null;
      if (answer === null) {
        const seed = `seed/${table.log.length}`;
        const rest = { seed, occasion: null, cancellation: neverCancelled };
        return scripted.generate({ ...request, ...rest }, onText);
      }
      if (isFailure(answer)) throw new ModelFailure(answer, 'as the test wants it');
      onText(answer);
      return { text: answer, model: 'test' };
    },
  };

  async function play(command: GameCommand<never>): Promise<Decision> {
    const steps = game.decide(state, command, tools);
    let step = await steps.next();
    while (step.done !== true) {
      write(step.value, null);
      step = await steps.next(state);
    }
    if (step.value.ok) write(step.value.events, { accepted: step.value.accepted });
    return step.value;
  }

  return table;
}
