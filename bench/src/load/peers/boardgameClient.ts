import { io } from 'socket.io-client';
import { createExpectation } from './expectation.ts';
import { TURNS_PER_GAME } from './peerClient.ts';
import type { ConnectPeer } from './peerClient.ts';

/** The state of a match as far as it is looked at, see boardgameMain.ts. */
interface MatchState {
  readonly _stateID: number;
  readonly G: { readonly turn: number; readonly text: string };
}

const PLAYER = '0';
const PLAYERS_IN_A_MATCH = 1;

/** A match of one's own through socket.io, in the messages of the system's own client but without its copy of the game. */
export const connectBoardgame: ConnectPeer = async (port, name) => {
  const states = createExpectation<MatchState>();
  const socket = io(`http://127.0.0.1:${port}/echo`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  socket.on('sync', (_matchId: string, { state }: { readonly state: MatchState }) => states.arrived(state));
  socket.on('update', (_matchId: string, state: MatchState) => states.arrived(state));
  socket.on('disconnect', (reason) => states.fail(new Error(`The line broke: ${reason}.`)));
  socket.on('connect_error', (error) => states.fail(error));
  let matches = 0;
  let matchId = '';
  let turn = 0;
  let stateId = 0;

  /** The server makes a match when somebody asks for one that is not there. */
  async function beginMatch(): Promise<void> {
    matches += 1;
    matchId = `${name}-${matches}`;
    turn = 0;
    const state = states.next();
    socket.emit('sync', matchId, PLAYER, undefined, PLAYERS_IN_A_MATCH);
    stateId = (await state)._stateID;
  }

  await beginMatch();
  return {
    exchange: async (text) => {
      if (turn === TURNS_PER_GAME) await beginMatch();
      turn += 1;
      const move = { type: 'MAKE_MOVE', payload: { type: 'say', args: [text], playerID: PLAYER } };
      const update = states.next();
      socket.emit('update', move, stateId, matchId, PLAYER);
      const { G, _stateID } = await update;
      stateId = _stateID;
      if (G.turn !== turn || G.text !== text)
        throw new Error(`Turn ${turn} is not in the state of the match.`);
    },
    close: () => void socket.disconnect(),
  };
};
