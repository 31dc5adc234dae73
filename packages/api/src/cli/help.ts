/* The long texts of `--help`, at most 80 columns wide, beneath what commander says of commands and options. */

type Example = readonly [command: string, what: string];

/** The command and what it is for on one line or, when they are long, on two. */
function examples(...lines: readonly Example[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const isWide = lines.some(([, what]) => width + what.length > 72);
  const shown = lines.map(([command, what]) =>
    isWide ? `  $ ${command}\n      ${what}` : `  $ ${command.padEnd(width)}  ${what}`,
  );
  return `\nExamples:\n${shown.join('\n')}\n`;
}

export const PROGRAM_HELP = `${examples(
  ['dcs server', 'play at http://localhost:5173'],
  ['dcs check', 'after a change of the data files'],
  ['dcs replay <sessionId>', 'what was played, from its log'],
  ['dcs admin create-admin', 'the first admin and its access key'],
)}
Exit codes: 0 done, 1 it failed or problems were found, 2 used wrongly.
Settings come from the environment and from the file .env of the project;
.env.example lists them.`;

export const SERVER_HELP = `${examples(
  ['dcs server', 'on port 5173 of this machine, data in ./data'],
  ['dcs server --port 8080 --host 0.0.0.0', 'for others on the network, too'],
  ['dcs server --in-memory', 'to try it out; nothing is kept'],
  ['dcs server --headless', 'the API for programs, without the pages'],
)}
Options come before the environment. With DATABASE_URL the data are kept in that
MongoDB, else by the embedded database in the data folder, which serves one
process at a time.
Ctrl-C or SIGTERM lets turns that are under way finish; a second one ends the
server at once.`;

export const CHECK_HELP = `${examples(
  ['dcs check', 'the files of this project'],
  ['dcs check --seeds ~/my-seeds', 'characters from elsewhere'],
  ['dcs check --json', 'for programs'],
)}
Every problem is one line, file:line:column, with what to do about it. Warnings
alone do not make the check fail.`;

export const EXPERIMENTS_HELP = examples(
  ['dcs experiments list', 'those of this project'],
  ['dcs experiments preflight demo', 'is it ready for people?'],
);

export const EXPERIMENTS_LIST_HELP = `${examples(
  ['dcs experiments list', 'those of this project'],
  ['dcs experiments list --json', 'with their revisions, for programs'],
)}
Files with errors are left out; "dcs check" names what is wrong with them.`;

export const PREFLIGHT_HELP = `${examples(
  ['dcs experiments preflight usability', 'with as many people as may take part'],
  ['dcs experiments preflight demo --participants 500', 'with more of them'],
  ['dcs experiments preflight demo --seed b', 'once more, with other luck'],
  ['dcs experiments preflight demo --dollars-per-call 0.002', 'with its cost'],
  ['dcs experiments preflight demo --json', 'all figures, and those for charts'],
)}
People who do not exist come one by one, answer forms, play, leave, come back.
What they are given is decided as the server decides it; no model is asked and
nothing is kept. The same seed makes the same people.
It exits with 1 when the experiment is not ready.`;

export const REPLAY_HELP = `${examples(
  ['dcs replay <sessionId>', 'the whole session, as a play'],
  ['dcs replay <sessionId> --after 20 --until 30', 'ten events of it'],
  ['dcs replay <sessionId> --json | jq .event.content', 'for programs'],
  ['dcs replay <sessionId> --verify', 'is all that is kept as the log says?'],
  ['dcs replay <sessionId> --record late-answer.json', 'for the tests of the engine'],
)}
Everything is shown, also what players cannot see. Events that a roll-back took
back are marked ~. The state at the end is the stateHash of the API.
--verify folds the log twice and compares summary, snapshot, history and, for a
branch, the parent; it exits with 1 if anything differs.
A recording holds everything that was said, with the seed and the ids of the
players: look through it before you publish it.
The embedded database serves one process at a time: stop the server first. With
a MongoDB (DATABASE_URL) the server may go on running.`;

export const EXPORT_HELP = `${examples(
  ['dcs export pilot-study --to pilot-study', 'a folder of tables'],
  ['dcs export pilot-study --to pilot.tar.gz', 'all of them in one file'],
  ['dcs export pilot-study --to whole --personal', 'with names and addresses'],
)}
Tables are CSV and JSONL; codebook.md says what is in them. Participants have
pseudonyms unless --personal is given. People may play on meanwhile: what comes
later is left out. That data were exported stands in the audit log.
The embedded database serves one process at a time: stop the server first. With
a MongoDB (DATABASE_URL) the server may go on running.`;

export const VERIFY_HELP = `${examples(
  ['dcs verify pilot-study', 'a folder'],
  ['dcs verify pilot.tar.gz --json', 'an archive, for programs'],
)}
Compares every file with its hash, tables with each other and with the log of
the experiment, and folds the events of every session again. It exits with 1 if
anything differs. No database is needed. The hash of the manifest, noted when the
data were exported, proves that nothing was changed since.`;

export const MODELS_HELP = `${examples(
  ['dcs models', 'the models in force, and their last 30 days'],
  ['dcs models --days 1', 'since yesterday'],
  ['dcs models --json', 'for programs'],
)}
Models in force are those of the settings here. Tokens are what was read and
written; "+ ?" marks calls whose cost nobody knows (see MODEL_PRICES). The
scripted simulator is not recorded: it costs nothing. The embedded database
serves one process at a time: stop the server first.`;

export const QUALITY_HELP = `${examples(
  ['dcs quality ~/cases', 'the models in force, on all cases'],
  ['dcs quality ~/cases --only action --wrong', 'what the judges of actions get wrong'],
  ['dcs quality ~/cases --at-least 90 --json', 'as a gate, for programs'],
)}
The models are those of the settings (MODEL, MODEL_PLAYER_JUDGE and so on), asked
as in play, in the same words. Every question costs what it costs; nothing is
written into the database. With MODEL_RECORD=<file> the answers are kept on a
tape, and MODEL=replay:<file> counts them again without asking anybody.
An interval is where the true share lies with a confidence of 95 %. A question
that is not answered is no right answer. Scores have a mean error: how far they
are from the nearest score that would be right.`;

export const ATTACK_HELP = `${examples(
  ['dcs attack --sample 40', 'a first look at the models in force'],
  ['dcs attack --target scorer --game infer-intent', 'who buys a score?'],
  ['dcs attack --technique direct-leak --json', 'for programs'],
)}
The models are those of the settings (MODEL, MODEL_UPDATER and so on). Each
attack is played in a session of its own, to the end of the game. Nothing is
written into the database, and every question costs what it costs. It exits with
1 if anything got through, and tells how. With MODEL_RECORD=<file> the answers
are kept on a tape, and MODEL=replay:<file> gives them again, asking nobody.
An interval is where the true share lies with a confidence of 95 %. Undecided
are attacks during which a model failed. docs/injection.md says what is looked
for.`;

export const ADMIN_HELP = `${examples(
  ['dcs admin create-admin --name Ada', 'an admin and its access key'],
  ['dcs admin seed seeds', 'after a change of the characters'],
)}
seed and create-admin open the database themselves. The embedded one serves one
process at a time: stop the server first. With a MongoDB (DATABASE_URL) the
server may go on running.`;

export const KEYGEN_HELP = `${examples(
  ['dcs admin keygen', 'a key for ADMIN_KEY in .env'],
  ['dcs admin keygen --json', 'for programs: { "accessKey": ... }'],
)}
The key is kept nowhere and opens nothing until it is used as ADMIN_KEY.`;

export const SEED_HELP = `${examples(
  ['dcs admin seed seeds', 'the characters of this project'],
  ['dcs admin seed ~/study --json', 'for programs'],
  ['dcs admin seed ~/dump/characters.json', 'a list of characters, dumped elsewhere'],
)}
Every YAML or JSON file of the folder is one character; a JSON file instead of a
folder is a list of characters in the snake_case format. If any has an error, all
errors are listed and nothing is written. A changed character becomes a new
revision; sessions that play the former one keep it. The embedded database must
not be in use: stop the server first.`;

export const CREATE_ADMIN_HELP = `${examples(
  ['dcs admin create-admin --name Ada', 'prints the access key'],
  ['dcs admin create-admin --json', 'for programs: { "playerId", "accessKey", ... }'],
)}
The key is shown this once and cannot be looked up later. If ADMIN_KEY is set and
belongs to nobody yet, it becomes the key; else a new one is made. The name is
kept encrypted. The embedded database must not be in use: stop the server first.`;
