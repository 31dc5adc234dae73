import { z } from 'zod';
import type { Ask } from '../../game/ask.ts';
import type { CommandSpec, DecisionTools, Game, SeatSpec } from '../../game/game.ts';
import type { Evaluating } from '../../game/evaluating.ts';
import type { JsonObject } from '../../json.ts';
import { commandReply } from '../../session/drafts.ts';
import type { EventDraft, SessionEvent } from '../../session/event.ts';
import type { RoleplayConfig } from './config.ts';
import { decideRoleplay } from './decide.ts';
import type { ActionReading, LanguageRules } from './decide.ts';
import { evolveRoleplay } from './evolve.ts';
import { freezeRoleplay } from './freezing.ts';
import { abilitiesMarkdown, helpMarkdown } from './markdown.ts';
import { CHARACTER_SEAT, initialState, PLAYER_SEAT } from './state.ts';
import type { RoleplayState } from './state.ts';
import type { Drafts } from './outcome.ts';
import { NO_GUIDANCE } from './prompts/guidance.ts';
import type { Guidance } from './prompts/guidance.ts';
import { reservedSettings } from './reservedSettings.ts';
import { viewRoleplay } from './view.ts';

/** A slash command. It is answered at once, unless it asks a model. */
export interface LanguageCommand<Config extends RoleplayConfig, Own> extends CommandSpec {
  /** Whether `run` asks a model: the command is durable before it runs. */
  readonly asksModel?: boolean;
  /** The first event it returns settles the command; what must survive a crash stands in that one. */
  run(state: RoleplayState<Config, Own>, tools: DecisionTools): Drafts | Promise<Drafts>;
}

/** What one game keeps beside what all language games keep, e.g. where a player is in its closing questions. */
export interface OwnState<Config extends RoleplayConfig, Own> {
  /** The form of `own`, which is JSON. */
  readonly schema: z.ZodType<Own>;
  init(config: Config): Own;
  /** `own` after an event; `data` of the game's own events is the place for what it needs to know. */
  evolve(own: Own, event: SessionEvent): Own;
  /** Whether the game has asked the player something, so that the next text is an answer and no action. */
  isAsking(own: Own): boolean;
  /** May ask a model: the answer is durable. The first event it returns settles the answer. */
  takeAnswer(state: RoleplayState<Config, Own>, text: string, tools: DecisionTools): Promise<Drafts>;
  /** What the player may see of it. */
  view(state: RoleplayState<Config, Own>): JsonObject;
}

/** Everything in which one language game differs from another. */
export interface LanguageGameSpec<Config extends RoleplayConfig, Own> {
  /** kebab-case id; its YAML file has the same name. */
  readonly name: string;
  readonly configSchema: z.ZodType<Config>;
  /** What the player is to do, in Markdown, unless the YAML file says it in other words. */
  readonly intro: string;
  /** What this game adds to what its models are told. */
  readonly guidance?: Guidance;
  /** `/help` and `/abilities` are always there. */
  readonly commands: readonly LanguageCommand<Config, Own>[];
  readonly own: OwnState<Config, Own>;
  /** What the player has to know now, beside the introduction; `/help` adds it. Markdown. */
  brief?(state: RoleplayState<Config, Own>): string | null;
  /** The longest text that is taken now; left out, `maxInputLength`. */
  inputLimit?(state: RoleplayState<Config, Own>): number;
  /** What the game takes from a text beside the action; `data` of the player's message. Left out, all of it is the action. */
  readAction?(text: string): ActionReading;
  /** What the simulated character is to be after, chosen once. Left out, all of its goals. May ask a model. */
  chooseObjective?(state: RoleplayState<Config, Own>, tools: DecisionTools): Promise<string | null>;
  /** What it asks models about a reply, beside its judges; see `TurnRules`. */
  readonly appraiseReply?: (
    state: RoleplayState<Config, Own>,
    reply: string,
    ask: Ask,
  ) => Promise<readonly EventDraft[]>;
  /** What is recorded just before a session ends, however it ends; see `Game`. */
  readonly conclude?: (state: RoleplayState<Config, Own>) => readonly EventDraft[];
  /** How its sessions are evaluated; left out, they are not. */
  readonly evaluating?: Evaluating<RoleplayState<Config, Own>>;
  /** What the player is told just after the opening. */
  afterOpening?(state: RoleplayState<Config, Own>): readonly EventDraft[];
}

/** For a game that keeps nothing of its own. */
export const NOTHING_OWN: OwnState<RoleplayConfig, null> = {
  schema: z.null(),
  init: () => null,
  evolve: () => null,
  isAsking: () => false,
  takeAnswer: () => Promise.reject(new Error('This game asks no questions.')),
  view: () => ({}),
};

const SEATS: readonly SeatSpec[] = [
  { name: PLAYER_SEAT, title: 'You', heldBy: 'player', playsCharacter: true },
  { name: CHARACTER_SEAT, title: 'The other', heldBy: 'model', playsCharacter: true },
];

type Commands<Config extends RoleplayConfig, Own> = readonly LanguageCommand<Config, Own>[];

function allCommands<C extends RoleplayConfig, O>(spec: LanguageGameSpec<C, O>): Commands<C, O> {
  const commands: Commands<C, O> = [
    {
      name: 'help',
      description: 'Who you are, how to play, the limits and the commands.',
      run: (state) => {
        const help = helpMarkdown(state, spec.intro, commands);
        const brief = spec.brief?.(state) ?? null;
        return [commandReply('help', brief === null ? help : `${help}\n\n${brief}`)];
      },
    },
    {
      name: 'abilities',
      description: 'What the characters are able to do.',
      run: (state) => [commandReply('abilities', abilitiesMarkdown(state))],
    },
    ...spec.commands,
  ];
  return commands;
}

function rulesOf<C extends RoleplayConfig, O>(
  spec: LanguageGameSpec<C, O>,
  commands: Commands<C, O>,
): LanguageRules<C, O> {
  return {
    intro: spec.intro,
    guidance: spec.guidance ?? NO_GUIDANCE,
    commands: commands.map(({ name, description }) => ({ name, description })),
    runCommand: async (state, name, tools) => {
      const command = commands.find((candidate) => candidate.name === name);
      if (command === undefined) throw new Error(`The game ${spec.name} has no command "${name}".`);
      return command.run(state, tools);
    },
    asksModel: (name) => commands.some((command) => command.name === name && command.asksModel === true),
    inputLimit: (state) => spec.inputLimit?.(state) ?? state.config.maxInputLength,
    readAction: (state, text) =>
      spec.readAction === undefined || spec.own.isAsking(state.own)
        ? { ok: true, data: null }
        : spec.readAction(text),
    chooseObjective: async (state, tools) => (await spec.chooseObjective?.(state, tools)) ?? null,
    ...(spec.appraiseReply === undefined ? {} : { appraiseReply: spec.appraiseReply }),
    afterOpening: (state) => spec.afterOpening?.(state) ?? [],
    takeAnswer: (state, text, tools) => spec.own.takeAnswer(state, text, tools),
  };
}

/** A complete game of what makes it special. One file that calls this, and one YAML file, are a new language game. */
export function defineLanguageGame<Config extends RoleplayConfig, Own>(
  spec: LanguageGameSpec<Config, Own>,
): Game<Config, RoleplayState<Config, Own>, never> {
  const rules = rulesOf(spec, allCommands(spec));
  return {
    name: spec.name,
    kind: 'language',
    seats: SEATS,
    configSchema: spec.configSchema,
    actionSchema: null,
    takesText: true,
    commands: rules.commands,
    init: (setup) => initialState(setup, spec.own.init(setup.config)),
    decide: (state, command, tools) => decideRoleplay(rules, state, { command, tools }),
    evolve: (state, event) => ({
      ...evolveRoleplay(state, event, spec.own.isAsking(state.own)),
      own: spec.own.evolve(state.own, event),
    }),
    ...(spec.evaluating === undefined ? {} : { evaluating: spec.evaluating }),
    ...(spec.conclude === undefined ? {} : { conclude: spec.conclude }),
    progress: ({ turns, finished }) => ({ turns, finished }),
    view: (state, viewer) => ({
      ...viewRoleplay(state, viewer, rules.commands),
      maxInputLength: rules.inputLimit(state),
      ...spec.own.view(state),
    }),
    hidesCharacter: (config, seat) => {
      if (seat !== CHARACTER_SEAT) return false;
      const parsed = spec.configSchema.safeParse(config);
      return !parsed.success || !parsed.data.showNpcDetails;
    },
    reservedSettings: (wanted, file) => reservedSettings(spec.configSchema, wanted, file),
    mayRollBack: () => false,
    freezing: freezeRoleplay(spec.own.schema),
  };
}
