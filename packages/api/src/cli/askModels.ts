import type { GameRole, LanguageModel } from '@dcs/engine';
import type { ModelCallSum } from '../store/ports.ts';

/** The models of the settings, opened by a command that asks them outside a session. */
export interface AskedModels extends AsyncDisposable {
  readonly model: LanguageModel;
  /** The models of each role, in the order in which they are asked. */
  readonly chains: Readonly<Record<GameRole, readonly string[]>>;
  /** Ends the tape, if there is one, and says what the calls took. Nothing may be asked any more. Safe to call again. */
  finish(): Promise<readonly ModelCallSum[]>;
}

/** What commands that ask models want of the world. */
export interface AskModelsPorts {
  /** Nothing is written into the database. Rejects with EnvError or TapeError. */
  readonly askModels: () => Promise<AskedModels>;
}
