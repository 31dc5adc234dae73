import type { CommandDto } from '@dcs/api';
import { completionsFor, nextIndex } from '#lib/play/completion.ts';

interface Line {
  /** What is typed. */
  read(): string;
  write(text: string): void;
  commands(): readonly CommandDto[];
  send(): void;
}

/** Completion of slash commands by keyboard and touch. */
export class CommandLine {
  #line: Line;
  #index = $state(0);
  #dismissedFor = $state<string | null>(null);

  constructor(line: Line) {
    this.#line = line;
  }

  readonly choices = $derived.by(() => {
    const typed = this.#line.read();
    return typed === this.#dismissedFor ? [] : completionsFor(typed, this.#line.commands());
  });
  readonly isOpen = $derived(this.choices.length > 0);
  readonly index = $derived(Math.min(this.#index, Math.max(0, this.choices.length - 1)));

  typed(): void {
    this.#index = 0;
    this.#dismissedFor = null;
  }

  dismiss(): void {
    this.#dismissedFor = this.#line.read();
  }

  choose(index: number): void {
    const choice = this.choices[index];
    if (choice === undefined) return;
    this.#line.write(`/${choice.name}`);
    this.dismiss();
  }

  /** True when the key has been used up. */
  key(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing'>): boolean {
    if (event.isComposing) return false;
    if (this.isOpen) {
      switch (event.key) {
        case 'ArrowDown':
        case 'ArrowUp':
          this.#index = nextIndex(this.index, event.key === 'ArrowDown' ? 1 : -1, this.choices.length);
          return true;
        case 'Escape':
          this.dismiss();
          return true;
        case 'Tab':
          if (event.shiftKey) return false;
          this.choose(this.index);
          return true;
        case 'Enter':
          this.choose(this.index);
          this.#line.send();
          return true;
        default:
          return false;
      }
    }
    if (event.key !== 'Enter' || event.shiftKey) return false;
    this.#line.send();
    return true;
  }
}
