import type { CommandSpec, Decide, Decision, DecisionTools, GameCommand } from '../../game/game.ts';
import { nearestCommand, parseSlashCommand } from '../../game/slashCommand.ts';
import type { SlashCommand } from '../../game/slashCommand.ts';
import type { JsonObject } from '../../json.ts';
import { playerCommand, playerMessage } from '../../session/drafts.ts';
import type { EventDraft } from '../../session/event.ts';
import { inputLength } from './config.ts';
import type { RoleplayConfig } from './config.ts';
import { helpMarkdown } from './markdown.ts';
import { entryHelp, nothingLost, tooLong, unknownCommand } from './notices.ts';
import { PLAYER_SEAT } from './state.ts';
import type { RoleplayState } from './state.ts';
import { openScene, recordAndSettle, settle } from './turn.ts';
import type { TurnRules } from './turn.ts';

/** What the routing of a command needs to know of a game. */
export interface LanguageRules<Config extends RoleplayConfig, Own> extends TurnRules<Config, Own> {
  readonly intro: string;
  readonly commands: readonly CommandSpec[];
  /** Whether a command asks a model, so that it has to be durable first. */
  asksModel(name: string): boolean;
  /** The longest text that is taken now, as `inputLength` counts. */
  inputLimit(state: RoleplayState<Config, Own>): number;
  /** The player's text as a message of the log, or why it cannot be one. */
  readAction(state: RoleplayState<Config, Own>, text: string): ActionReading;
}

/** `refusal` tells the player what to write instead; it costs nothing. */
export type ActionReading =
  | { readonly ok: true; readonly data: JsonObject | null }
  | { readonly ok: false; readonly refusal: EventDraft };

const refused = (reason: string, message: string): Decision => ({ ok: false, reason, message });

const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** As it is recorded: well-formed, without control characters (line breaks and tabs stay) and outer white space. */
function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '')
    .trim();
}

function clipped(text: string, limit: number): string {
  return inputLength(text) <= limit ? text : `${[...text].slice(0, limit).join('')}…`;
}

async function* takeCommand<C extends RoleplayConfig, O>(
  rules: LanguageRules<C, O>,
  state: RoleplayState<C, O>,
  { line, command, tools }: { line: string; command: SlashCommand; tools: DecisionTools },
): Decide<RoleplayState<C, O>> {
  const { commands } = rules;
  if (!commands.some(({ name }) => name === command.name)) {
    const nearest = nearestCommand(command.name, commands);
    return { ok: true, accepted: false, events: [unknownCommand(command.name, nearest, commands)] };
  }
  const said = playerCommand(PLAYER_SEAT, command.name, clipped(line, state.config.maxInputLength));
  if (rules.asksModel(command.name)) return yield* recordAndSettle(rules, [said], tools);
  return {
    ok: true,
    accepted: true,
    events: [said, ...(await rules.runCommand(state, command.name, tools))],
  };
}

async function* takeText<C extends RoleplayConfig, O>(
  rules: LanguageRules<C, O>,
  state: RoleplayState<C, O>,
  { text, tools }: { text: string; tools: DecisionTools },
): Decide<RoleplayState<C, O>> {
  if (!state.opened) {
    return refused('session/not-opened', 'The scene has not been opened yet. Open it first, then act.');
  }
  if (state.pending !== null) {
    return refused(
      'turn/unfinished',
      'Your last action is still being answered. Wait for the reply, then act.',
    );
  }
  const line = cleaned(text);
  if (!VISIBLE.test(line)) return refused('input/empty', 'Write what your character does, then send it.');
  const command = parseSlashCommand(line);
  if (command !== null) return yield* takeCommand(rules, state, { line, command, tools });
  const length = inputLength(line);
  const limit = rules.inputLimit(state);
  if (length > limit) return { ok: true, accepted: false, events: [tooLong(length, limit)] };
  const reading = rules.readAction(state, line);
  if (!reading.ok) return { ok: true, accepted: false, events: [reading.refusal] };
  const said = { ...playerMessage(PLAYER_SEAT, line), data: reading.data };
  return yield* recordAndSettle(rules, [said], tools);
}

async function* enter<C extends RoleplayConfig, O>(
  rules: LanguageRules<C, O>,
  state: RoleplayState<C, O>,
  tools: DecisionTools,
): Decide<RoleplayState<C, O>> {
  if (state.opened)
    return refused('session/already-opened', 'This scene has already been opened. Go on playing.');
  if (state.entered) return await openScene(rules, state, tools);
  const help = entryHelp(helpMarkdown(state, rules.intro, rules.commands));
  return yield* recordAndSettle(rules, [help], tools);
}

/** Routes a command of a language game. */
export async function* decideRoleplay<C extends RoleplayConfig, O>(
  rules: LanguageRules<C, O>,
  state: RoleplayState<C, O>,
  { command, tools }: { command: GameCommand<never>; tools: DecisionTools },
): Decide<RoleplayState<C, O>> {
  // A crash may have cut off what follows a finished game; only a resume may still complete it.
  if (state.finished !== null) {
    if (command.type === 'resume') return { ok: true, accepted: true, events: [nothingLost()] };
    return refused('session/closed', 'This game is over. You can reread it or start a new one.');
  }
  switch (command.type) {
    case 'enter':
      return yield* enter(rules, state, tools);
    case 'resume':
      return yield* settle(rules, state, tools);
    case 'text':
      if (command.seat !== PLAYER_SEAT) {
        return refused('seat/cannot-act', "Only the player's character acts in this game.");
      }
      return yield* takeText(rules, state, { text: command.text, tools });
    case 'action':
      return refused('input/not-an-action', 'This game is played in words. Send text instead of an action.');
    default: {
      const unreachable: never = command;
      return unreachable;
    }
  }
}
