import type { CharacterSheet } from '../../characters/character.schema.ts';
import type { CommandSpec } from '../../game/game.ts';
import type { RoleplayConfig } from './config.ts';
import type { RoleplayState } from './state.ts';

/** What narration calls a character in mid-sentence. */
export const nameOf = (sheet: CharacterSheet): string => sheet.manner?.calledAs ?? sheet.name ?? sheet.hid;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const bullets = (items: readonly string[]): string => items.map((item) => `- ${oneLine(item)}`).join('\n');

const ended = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`);

const described = (sheet: CharacterSheet): string =>
  `**${nameOf(sheet)}**: ${ended(oneLine(sheet.shortDescription))}`;

/** Abilities of the player's character and, where it is no secret, of the other. */
export function abilitiesMarkdown(state: RoleplayState): string {
  const own = `### You: ${nameOf(state.pc)}\n\n${bullets(state.pc.abilities)}`;
  if (!state.config.showNpcDetails) return own;
  return `${own}\n\n### The other: ${nameOf(state.npc)}\n\n${bullets(state.npc.abilities)}`;
}

function minutes(seconds: number): string {
  if (seconds % 60 !== 0 || seconds < 60) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return seconds === 60 ? '1 minute' : `${seconds / 60} minutes`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The game ends when no attempt is left, so with none or one the first breach ends it. */
const attempts = (retryBudget: number): string =>
  retryBudget <= 1
    ? '- The first action that breaks the rules of play ends the game.'
    : `- An action that breaks the rules of play costs one of ${retryBudget} attempts.`;

function limits(config: RoleplayConfig): string {
  return [
    `- The game lasts at most ${counted(config.maxTurns, 'turn')} or ${minutes(config.maxPlaytimeSeconds)}.`,
    `- Write at most ${counted(config.maxInputLength, 'character')} at a time.`,
    attempts(config.retryBudget),
  ].join('\n');
}

const commandLines = (commands: readonly CommandSpec[]): string =>
  commands.map((command) => `- \`/${command.name}\` ${command.description}`).join('\n');

/** Who is who, how to play, limits and commands. Everything in it but `intro` follows from the session itself. */
export function helpMarkdown(state: RoleplayState, intro: string, commands: readonly CommandSpec[]): string {
  const who = state.config.showNpcDetails
    ? `You play ${described(state.pc)}\n\nYou meet ${described(state.npc)}`
    : `You play ${described(state.pc)}\n\nWhom you meet is for you to find out.`;
  return [state.config.help ?? intro, who, limits(state.config), commandLines(commands)].join('\n\n');
}
