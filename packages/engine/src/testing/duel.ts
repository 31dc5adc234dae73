import type {
  CommandOutcome,
  SessionCommand,
  SessionInput,
  SessionManager,
} from '../session/sessionManager.ts';
import type { SessionEvent } from '../session/event.ts';
import { createSessionManager } from '../session/createSessionManager.ts';
import type { TestWorld } from './testWorld.ts';
import { createTestWorld } from './testWorld.ts';

/** A Card Duel between Ann (home) and Ben (away), for tests. */
export interface Duel {
  readonly world: TestWorld;
  readonly sessionId: string;
  manager: SessionManager;
  /** The hand of a seat, as the log says. */
  hand(seat: 'home' | 'away'): number[];
  /** The command that plays the first card left in the hand of a seat, to be sent as often as a test likes. */
  command(seat: 'home' | 'away', commandId: string): SessionCommand & { readonly input: SessionInput };
  /** Sends that command once. */
  play(seat: 'home' | 'away', commandId: string): Promise<CommandOutcome>;
  log(): readonly SessionEvent[];
}

/** A created session whose seats are both held; opened unless said otherwise. */
export async function startDuel({ open = true } = {}): Promise<Duel> {
  const world = createTestWorld();
  const manager = createSessionManager(world.ports);
  const created = await manager.create({
    game: 'card-duel',
    ownerId: 'ann',
    commandId: 'create',
    source: 'test',
  });
  if (!created.ok) throw new Error(created.message);
  const { sessionId } = created.record.header;
  await manager.takeSeat({ sessionId, playerId: 'ben', commandId: 'sit', seat: 'away' });
  if (open) await manager.open(sessionId);
  const duel: Duel = {
    world,
    sessionId,
    manager,
    hand: (seat) => handIn(duel.log(), seat),
    command: (seat, commandId) => {
      const playerId = seat === 'home' ? 'ann' : 'ben';
      const card = duel.hand(seat)[0] ?? 0;
      return { sessionId, playerId, commandId, input: { action: { type: 'play', card } } };
    },
    play: (seat, commandId) => duel.manager.act(duel.command(seat, commandId)),
    log: () => world.events.get(sessionId) ?? [],
  };
  return duel;
}

function handIn(log: readonly SessionEvent[], seat: string): number[] {
  let hand: number[] = [];
  for (const event of log) {
    const dealt = event.data?.['hand'];
    if (event.audience?.includes(seat) && Array.isArray(dealt))
      hand = dealt.filter((card) => typeof card === 'number');
    const card = event.data?.['card'];
    if (event.kind === 'action' && event.seat === seat) hand = hand.filter((held) => held !== card);
  }
  return hand;
}
