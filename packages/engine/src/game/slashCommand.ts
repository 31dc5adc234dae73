import type { CommandSpec } from './game.ts';

/** A line that addresses the game instead of the scene. */
export interface SlashCommand {
  /** Lower-case, without the slash; empty for a lone `/`. */
  readonly name: string;
  /** What stands after the name, trimmed. */
  readonly rest: string;
}

const COMMAND = /^\/(\p{L}[\p{L}\p{N}_-]*)[.,;:!?]*(?:\s+(.*))?$/su;

/**
 * Reads a command: a slash, a name, then the end or white space. A lone `/` is a command without a name.
 * Everything else that starts with a slash (`//`, `/ x`, `/etc/hosts`, `/1`) is ordinary text and yields `null`.
 */
export function parseSlashCommand(text: string): SlashCommand | null {
  const line = text.trim();
  if (line === '/') return { name: '', rest: '' };
  const match = COMMAND.exec(line);
  if (match === null) return null;
  return { name: (match[1] ?? '').toLowerCase(), rest: (match[2] ?? '').trim() };
}

/** Edits (insert, delete, replace) between two short words. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replace = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      const remove = (previous[column] ?? 0) + 1;
      const insert = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replace, remove, insert));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

const LONGEST_COMPARED = 40;

/** The command that was probably meant: one that starts with `name`, or is at most two edits away; else `null`. */
export function nearestCommand(name: string, commands: readonly CommandSpec[]): string | null {
  if (name === '' || name.length > LONGEST_COMPARED) return null;
  const completed = commands.find((command) => command.name.startsWith(name));
  if (completed !== undefined) return completed.name;
  let nearest: { readonly name: string; readonly distance: number } | null = null;
  for (const command of commands) {
    const distance = editDistance(name, command.name);
    if (distance <= 2 && distance < (nearest?.distance ?? 3)) nearest = { name: command.name, distance };
  }
  return nearest?.name ?? null;
}
