import path from 'node:path';
import { builtInGames, createGameRegistry, createScriptedModel, recordSession } from '@dcs/engine';
import type {
  CharacterSheet,
  CommandOutcome,
  CreateSession,
  LanguageModel,
  ModelRequest,
  Recording,
  SeatName,
  SessionEvent,
  SessionHeader,
  SessionManager,
} from '@dcs/engine';
import { cardDuel, cardDuelFile, createTestWorld } from '@dcs/engine/testing';
import { loadCharacters, loadGameFiles } from '../../packages/api/src/catalog/index.ts';
import { version } from '../../packages/api/src/cli/version.ts';

const ROOT = path.join(import.meta.dirname, '../..');

/** Everything that is recorded from: the games of the product, the game that only tests have, and our own sheets. */
export const RECORDED_GAMES = [...builtInGames, cardDuel];

class PowerCut extends Error {}

/** Where the flows are played: a session manager on stores in memory, whose ids and times are the same at every run. */
export interface RecordingTable {
  readonly manager: () => SessionManager;
  /** Creates and opens a session of Ann's; resolves with its id. */
  begin(game: string, request?: Pick<CreateSession, 'config' | 'characters'>): Promise<string>;
  /** Throws when the manager refuses. */
  done(outcome: Promise<CommandOutcome>): Promise<void>;
  log(sessionId: string): readonly SessionEvent[];
  wait(seconds: number): void;
  /** A judge objects to the next replies, so many of them. */
  objectToReplies(count: number): void;
  /** The next replies and scores, so many of them, recite what their writers were told. */
  recite(count: number): void;
  /** The power fails when such an event is about to be written, and comes back with a new process. */
  crash(play: () => Promise<unknown>, before: (event: SessionEvent) => boolean): Promise<void>;
  record(sessionId: string, title: Pick<Recording, 'name' | 'about'>): Promise<Recording>;
}

function sheetsOf(
  header: SessionHeader,
  find: (hid: string) => CharacterSheet | undefined,
): Record<SeatName, CharacterSheet> {
  const cast = Object.entries(header.cast).map(([seat, { hid }]): [SeatName, CharacterSheet] => {
    const sheet = find(hid);
    if (sheet === undefined) throw new Error(`There is no character ${hid}.`);
    return [seat, sheet];
  });
  return Object.fromEntries(cast);
}

/** What a model says that tells all that it was told. */
function recital({ role, prompt }: ModelRequest): string {
  const told = prompt.system.slice(0, 400);
  return role === 'scorer' ? JSON.stringify({ tier: 1, score: 40, reasoning: told, evidence: [told] }) : told;
}

/**
 * The scripted simulator, whose replies a judge finds fault with as often as it is told to, and which recites what it was told as often
 * as it is told to: of itself it never does either.
 */
function faultyModel(): Pick<RecordingTable, 'objectToReplies' | 'recite'> & {
  readonly model: LanguageModel;
} {
  const scripted = createScriptedModel();
  let objections = 0;
  let recitals = 0;
  const objection = JSON.stringify({
    pass: false,
    reason: 'Leave the feelings of the player’s character to the player.',
  });
  return {
    model: {
      id: scripted.id,
      generate: (request, onText) => {
        if (request.task === 'playerAuthority' && objections > 0) {
          objections -= 1;
          return Promise.resolve({ text: objection, model: scripted.id });
        }
        if ((request.role === 'updater' || request.role === 'scorer') && recitals > 0) {
          recitals -= 1;
          return Promise.resolve({ text: recital(request), model: scripted.id });
        }
        return scripted.generate(request, onText);
      },
    },
    objectToReplies: (count) => {
      objections = count;
    },
    recite: (count) => {
      recitals = count;
    },
  };
}

/** Throws when one of the data files has an error. */
export async function openRecordingTable(): Promise<RecordingTable> {
  const { characters, problems } = await loadCharacters(path.join(ROOT, 'seeds/characters'));
  const { gameFiles, problems: gameProblems } = await loadGameFiles(path.join(ROOT, 'games'), {
    games: builtInGames,
  });
  const errors = [...problems, ...gameProblems].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error('The data files have errors. Run "npx dcs check" first.');
  const files = [...gameFiles.map(({ gameFile }) => gameFile), cardDuelFile];
  const { model, objectToReplies, recite } = faultyModel();
  const world = createTestWorld({
    games: createGameRegistry(RECORDED_GAMES, files),
    characters,
    model,
  });
  let manager = world.restart();

  async function done(outcome: Promise<CommandOutcome>): Promise<void> {
    const reply = await outcome;
    if (!reply.ok) throw new Error(`${reply.reason}: ${reply.message}`);
  }

  return {
    manager: () => manager,
    done,
    objectToReplies,
    recite,
    log: (sessionId) => world.events.get(sessionId) ?? [],
    begin: async (game, request = {}) => {
      const created = await manager.create({
        game,
        ownerId: 'ann',
        commandId: 'create',
        source: 'recording',
        ...request,
      });
      if (!created.ok) throw new Error(created.message);
      const { sessionId } = created.record.header;
      await done(manager.open(sessionId));
      return sessionId;
    },
    wait: (seconds) => {
      world.now += seconds * 1000;
    },
    crash: async (play, before) => {
      world.beforeAppend = (events) => {
        if (events.some(before)) throw new PowerCut('The power failed.');
      };
      const survived = await play().then(
        () => true,
        (fault: unknown) => {
          if (fault instanceof PowerCut) return false;
          throw fault;
        },
      );
      if (survived) throw new Error('The power did not fail: no such event was written.');
      world.beforeAppend = null;
      manager = world.restart();
    },
    record: async (sessionId, title) => {
      const { header } = (await world.ports.sessions.get(sessionId)) ?? {};
      const game = RECORDED_GAMES.find(({ name }) => name === header?.game);
      if (header === undefined || game === undefined) throw new Error(`There is no session ${sessionId}.`);
      const sheets = sheetsOf(header, (hid) => characters.find(({ sheet }) => sheet.hid === hid)?.sheet);
      const events = world.events.get(sessionId) ?? [];
      return recordSession({ game, header, sheets, events }, { ...title, engineVersion: version });
    },
  };
}
