import type { CharacterSheet } from '../characters/character.schema.ts';

export interface TranscriptLine {
  /** `player` is the player's character, `character` the simulated one. */
  readonly speaker: 'player' | 'character';
  readonly text: string;
}

/** What is going on, as data. The transcript is the recent past, oldest first, without `action`. */
export interface Scene {
  readonly pc: CharacterSheet;
  readonly npc: CharacterSheet;
  /** Whether it is for the player to find out who the simulated character is, what it is able to do and what it wants. */
  readonly hidesCharacter?: boolean;
  readonly transcript: readonly TranscriptLine[];
  /** The one thing that the simulated character is after in this game, alone or with the player; left out where there is none. */
  readonly objective?: string;
  /** What the player does now; `null` when the scene is being opened. */
  readonly action: string | null;
  /** The turn being played, from 1. */
  readonly turn: number;
}
