/*
 * Which test proves which scenario of keeping the state of games, by the scenario's id. docs/game-state.md says what
 * became of each trap that they are about, and why some scenarios do not apply.
 */

/** A test, by its file below `packages` and its title as it stands there. */
interface Proof {
  readonly file: string;
  readonly title: string;
}

export type Coverage = { readonly provedBy: readonly Proof[] } | { readonly doesNotApply: string };

const SESSION = 'engine/src/session';
const CONTRACT = 'api/src/store/contract';

const proved = (...[file, ...titles]: readonly [file: string, ...titles: string[]]): Coverage => ({
  provedBy: titles.map((title) => ({ file, title })),
});

const snapshots = (...titles: string[]): Coverage => proved(`${SESSION}/snapshots.test.ts`, ...titles);
const snapshotForm = (title: string): Coverage => proved(`${SESSION}/snapshot.test.ts`, title);
const sessionManager = (...titles: string[]): Coverage =>
  proved(`${SESSION}/sessionManager.test.ts`, ...titles);
const redis = (title: string): Coverage => proved('api/src/store/redis/snapshotStore.test.ts', title);
const sessionStore = (...titles: string[]): Coverage => proved(`${CONTRACT}/sessionStore.ts`, ...titles);
const sessionCare = (title: string): Coverage => proved(`${CONTRACT}/sessionCare.ts`, title);
const recovery = (title: string): Coverage => proved('api/test/crashRecovery.test.ts', title);
const archive = (title: string): Coverage => proved('api/test/archive.test.ts', title);

const both = (...covered: readonly Coverage[]): Coverage => ({
  provedBy: covered.flatMap((one) => ('provedBy' in one ? one.provedBy : [])),
});

export const GAME_STATE_COVERAGE: Readonly<Record<string, Coverage>> = {
  'key-format': redis('are found under the name of their kind and the id of their session'),
  'save-sets-ttl': redis(
    'live for their whole time again whenever they are put, and reading them does not prolong it',
  ),
  'save-resets-ttl': redis(
    'live for their whole time again whenever they are put, and reading them does not prolong it',
  ),
  'read-does-not-touch-ttl': redis(
    'live for their whole time again whenever they are put, and reading them does not prolong it',
  ),
  'cache-hit': snapshots('reads only what a snapshot does not have, and the last event that it has'),
  'cache-miss-refills': snapshots(
    'takes the slower store when the quicker has nothing, and fills the quicker',
  ),
  'not-found': sessionManager('answers session/not-found for an unknown session'),
  'malformed-id': proved('api/test/strangers.test.ts', '(%s) finds nothing'),
  'corrupt-cache-json': both(
    snapshots('uses the next store when a snapshot %s, says so and throws it away'),
    redis('are known to be damaged when their text is not what was put'),
  ),
  'old-schema-version': snapshotForm('is led to the present one step by step, by its number'),
  'persist-create': both(
    sessionManager('writes a header and no event'),
    sessionStore('gives back header and summary as they were created'),
  ),
  'persist-update': sessionStore('replaces every part of a summary, also by less'),
  'persist-does-not-cache': snapshots(
    'after every write is done in the quickest store alone; the others follow at the end of a turn',
  ),
  'persist-default-type': both(
    sessionManager('refuses %j with %s'),
    proved('api/test/play.test.ts', 'is never of a game that nobody named'),
  ),
  'persist-race-create': sessionStore('creates one session however often the same command arrives at once'),
  'lost-update': both(
    proved(`${CONTRACT}/sessionLog.ts`, 'refuses a number that is taken, and keeps the first event'),
    proved(`${SESSION}/recovery.test.ts`, 'lets the loser of a race for a number reload and go on'),
  ),
  'stale-handler-overwrite': proved(
    `${SESSION}/readCopy.test.ts`,
    'is driven from its log after it was forgotten, and a driver that was left behind changes nothing',
  ),
  'crash-between-boundaries': snapshots('goes on from the events that came after the snapshot'),
  'ttl-expiry-rollback': both(
    snapshots('folds the log when nothing is kept'),
    proved(
      'api/test/housekeeping.test.ts',
      'keeps snapshots in Redis where there is one, and plays on when it forgets them',
    ),
  ),
  'app-restart-clobbers-cache': both(
    snapshots('leaves the newer one in the quicker store, however old the other is'),
    proved(
      `${CONTRACT}/snapshotStore.ts`,
      'keeps the newest in whatever order they arrive, also all at once',
    ),
  ),
  'second-instance-start': recovery('of a second process takes nothing back from the first, which plays on'),
  'recover-counts': recovery(
    'says how many sessions were left running, how many stand still now, and which could not be seen to',
  ),
  'recover-empty': recovery('has nothing to say when nothing was left running'),
  'recover-cache-down': recovery('stops at once with one error when %s away, and goes on where it was later'),
  'recover-log-cap': recovery('names the first five failures and counts the others'),
  'recover-paged': recovery('goes through any number of sessions, page by page and a few at once'),
  'archive-happy': both(
    archive('writes what it was, how it came out and what proves a replay, under its own id'),
    archive('clears away the snapshots, wherever they are'),
  ),
  'archive-same-id': archive(
    'writes what it was, how it came out and what proves a replay, under its own id',
  ),
  'archive-missing-row': archive(
    'of a session that goes on, or of none at all, is refused and writes nothing',
  ),
  'archive-twice': archive('again gives the same answer, whoever asks and however much later'),
  'archive-draw': archive('says so when %s'),
  'archive-npc-win': archive('says so when %s'),
  'archive-outer-transaction-rollback': {
    doesNotApply:
      'Nothing is written in transactions, so no caller can take an archive back. What holds instead: snapshots stay until all of it is written.',
  },
  'archive-cache-delete-fails': archive(
    'is done though the cache cannot be reached, and what lies in it brings nobody back',
  ),
  'zombie-resurrection': both(
    snapshots('never makes an ended session active again'),
    archive('is done though the cache cannot be reached, and what lies in it brings nobody back'),
  ),
  'duration-negative': archive('never says that a session took less than no time, whatever the clock does'),
  'duration-truncates': archive(
    'writes what it was, how it came out and what proves a replay, under its own id',
  ),
  'end-reason-unknown': archive(
    'fails before anything is written when the game names a winner that it does not have',
  ),
  count: both(
    sessionCare('counts what has not ended'),
    proved('api/test/history.test.ts', 'counts for administrators what has not ended and what is live'),
  ),
  'player-games': both(
    sessionStore('lists the sessions of everyone who has held a seat, newest activity first'),
    sessionCare('lists of a player, on request, only what has not ended, what was last played first'),
    proved(
      'api/test/history.test.ts',
      'shows on request only what a player could play on, what was played last first',
    ),
  ),
  'delete-both': snapshots('can be undone: what is kept is thrown away wherever it is'),
  'delete-one': snapshots('can be undone: what is kept is thrown away wherever it is'),
  'delete-none': snapshots('can be undone: what is kept is thrown away wherever it is'),
  'stale-expiry': archive('ends what nobody has touched for too long, with that reason, and archives it'),
  'concurrent-actions-same-game': sessionManager(
    'plays what arrives together one after the other, the second on what the first has left',
  ),
  'boundary-detection': snapshots('at turn boundaries is done when a turn ends or hands change'),
  'forced-action': sessionManager(
    'refuses %s without a trace',
    'is open to a player whose move is not awaited',
  ),
  'replay-determinism': both(
    archive('writes what it was, how it came out and what proves a replay, under its own id'),
    proved(
      'api/test/history.test.ts',
      'says how sessions came out and what proves a replay, what ended last first, page by page',
    ),
  ),
};
