import type { Decision, DecisionTools, Game, GameCommand } from '../game/game.ts';
import { createScriptedModel } from '../models/scripted/scriptedModel.ts';
import { ModelFailure } from '../models/languageModel.ts';
import type { ModelRole } from '../models/modelRole.ts';
import type { LanguageModel, ModelFailureReason, ModelRequest } from '../models/languageModel.ts';
import { randomStream } from '../random.ts';
import { askUntil, createAskGroup } from '../session/asking.ts';
import type { AskingContext } from '../session/asking.ts';
import type { EventDraft, SessionEvent } from '../session/event.ts';
import { bareSheet, gardener } from './characterSheets.ts';
import { NO_FLAGS } from '../session/flags.ts';
import { createCancellation } from '../cancellation.ts';

/** What a model answers in a test: text, the name of a failure, or what the scripted simulator would say (`null`). */
type Said = string | null;
export type Answer = Said | ((request: ModelRequest) => Said | Promise<Said>);

export interface RoleplayTable<State> {
  /** Everything durable so far. */
  readonly log: SessionEvent[];
  readonly state: () => State;
  /** The roles that were asked, with the number of events that were durable at that moment. */
  readonly asked: { readonly role: ModelRole; readonly durable: number }[];
  /** The same with everything that was asked. */
  readonly requests: ModelRequest[];
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

const neverCancelled = createCancellation().signal;

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
    requests: [],
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

  const model: LanguageModel = {
    id: 'test',
    generate: async (request, onText) => {
      table.asked.push({ role: request.role, durable: table.log.length });
      table.requests.push(request);
      const answer = table.answers[request.role] ?? null;
      const said = typeof answer === 'function' ? await answer(request) : answer;
      if (said === null) return scripted.generate(request, onText);
      if (isFailure(said)) throw new ModelFailure(said, 'as the test wants it');
      onText(said);
      return { text: said, model: 'test' };
    },
  };
  const asking: AskingContext = {
    model,
    turn: neverCancelled,
    models: {},
    occasion: { sessionId: 's', playerId: 'p', experimentId: null, turn: 1, afterSeq: 0 },
    seedFor: () => `seed/${table.log.length}`,
  };
  const tools: DecisionTools = {
    now: () => 0,
    random: (name) => randomStream(`seed/${table.log.length}/${name}`),
    phase: (phase) => void table.phases.push(phase),
    draft: (text) => void table.drafts.push(text),
    ask: askUntil(asking, neverCancelled),
    group: () => createAskGroup(asking),
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
