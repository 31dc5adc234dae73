import type { BSON } from 'mongodb';

/** Runs one command on the embedded engine and returns its reply, also one that says that it failed. */
export type RunCommand = (command: BSON.Document) => Promise<BSON.Document>;

/** The same on one database, throwing when the engine refuses. */
export function mustSucceed(run: RunCommand, database: string): RunCommand {
  return async (command) => {
    const reply = await run({ ...command, $db: database });
    if (Number(reply['ok']) !== 1) throw new Error(String(reply['errmsg'] ?? 'the engine refused a command'));
    return reply;
  };
}
