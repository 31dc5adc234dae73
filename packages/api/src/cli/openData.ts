import type { PersonalData } from '../security/index.ts';
import type { Stores } from '../store/ports.ts';

export interface DatabaseFlags {
  /** Relative to where the command was called. */
  readonly dataDir?: string;
}

/** What is kept, opened by this process for one command. */
export interface OpenData extends AsyncDisposable {
  readonly stores: Stores;
  /** For people: which database it is. */
  readonly where: string;
  /** Sealed with the same key as the server's, which is made when it is missing. */
  readonly personalData: () => Promise<PersonalData>;
}

/** What commands that change what is kept ask of the world. */
export interface DataPorts {
  /** Rejects with a failure that says what to do, such as stopping the server that uses the database. */
  readonly openData: (flags: DatabaseFlags) => Promise<OpenData>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}
