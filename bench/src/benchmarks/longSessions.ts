import { createSessionManager, NO_SNAPSHOTS, NO_TURN_METER } from '@dcs/engine';
import type { SessionManager, SessionPorts, Snapshots } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import { inParallel } from '../load/inParallel.ts';
import { LONGEST_GAME } from '../load/longestGame.ts';
import { instantModel } from '../server/instantModel.ts';
import type { OpenedStore } from './openStore.ts';

const OWNER = 'somebody';
/** A turn is two events. Beyond so many turns a session is only asked for help, which is two events as well. */
const MOST_TURNS = 480;
const AT_ONCE = 32;

function fail(fault: unknown): never {
  throw new Error('A session met a fault.', { cause: fault });
}

/** What is left out is the network: sessions are driven right on the store. */
export function managerOn(
  { stores, games }: OpenedStore,
  snapshots: Snapshots = NO_SNAPSHOTS,
): SessionManager {
  const ports: SessionPorts = {
    log: stores.log,
    sessions: stores.sessions,
    characters: stores.characters,
    games,
    model: instantModel,
    bus: { publish: () => undefined, signal: () => undefined },
    clock: { now: () => Date.now() },
    ids: { next: () => randomUUID() },
    pace: { next: () => Promise.resolve() },
    snapshots,
    faults: { report: fail },
    meter: NO_TURN_METER,
  };
  return createSessionManager(ports);
}

async function playOne(manager: SessionManager, events: number): Promise<string> {
  const request = {
    game: 'explore',
    ownerId: OWNER,
    commandId: randomUUID(),
    source: 'bench',
    config: LONGEST_GAME,
  };
  const created = await manager.create(request);
  if (!created.ok) throw new Error(created.message);
  const { sessionId } = created.record.header;
  await manager.open(sessionId);
  for (let turn = 1; ; turn += 1) {
    const text = turn <= MOST_TURNS ? `I wave for the ${turn}th time.` : '/help';
    const command = { sessionId, playerId: OWNER, commandId: `c${turn}`, input: { text } };
    const reply = await manager.act(command);
    if (!reply.ok || reply.exited) throw new Error('The session ended before it was long enough.');
    if (reply.lastSeq >= events) return sessionId;
  }
}

/** Has sessions played until their logs have so many events. Resolves with their ids; nothing of them stays in memory. */
export async function playLong(
  store: OpenedStore,
  { sessions, events }: { readonly sessions: number; readonly events: number },
): Promise<readonly string[]> {
  const manager = managerOn(store);
  const ids = await inParallel({ count: sessions, width: AT_ONCE }, () => playOne(manager, events));
  await manager.shutDown();
  return ids;
}
