import type { CommandDto } from '@dcs/api';

/** The commands that what is typed may become; none unless it begins with a slash and is still one word. */
export function completionsFor(input: string, commands: readonly CommandDto[]): readonly CommandDto[] {
  const typed = /^\/([\p{L}\p{N}_-]*)$/u.exec(input)?.[1];
  if (typed === undefined) return [];
  const start = typed.toLowerCase();
  return commands.filter(({ name }) => name.toLowerCase().startsWith(start));
}

/** Around the ends, as arrow keys go. */
export function nextIndex(index: number, step: 1 | -1, length: number): number {
  return length === 0 ? 0 : (index + step + length) % length;
}
