import { beginDuel } from './beginnings.ts';
import type { Flows } from './flow.ts';
import { isDie } from './log.ts';
import { playerAt } from './player.ts';

/** Two players with secrets from each other, and no language model. */
export const DUEL_FLOWS: Flows = {
  'duel-plain': {
    about: 'A card duel of two players, with hands that the other does not see, to its last card.',
    play: async (table) => {
      const { sessionId, ann, ben } = await beginDuel(table);
      for (let round = 0; round < 3; round += 1) {
        await table.done(ann.playCard());
        await table.done(ben.playCard());
      }
      return sessionId;
    },
  },
  'duel-rolled-back': {
    about: 'A card duel that is taken back twice, once over a roll-back, and played on in another way.',
    play: async (table) => {
      const { sessionId, ann, ben } = await beginDuel(table);
      await table.done(ann.playCard());
      const afterFirst = table.log(sessionId).length;
      await table.done(ben.playCard());
      await table.done(ben.rollBack(afterFirst));
      await table.done(ben.playCard(1));
      await table.done(ann.playCard(1));
      await table.done(ann.rollBack(afterFirst));
      await table.done(ben.playCard(2));
      return sessionId;
    },
  },
  'duel-crash': {
    about: 'A card duel in which the power fails while a die is rolled; a sweeper finishes the turn.',
    play: async (table) => {
      const { sessionId, ann, ben } = await beginDuel(table);
      await table.crash(() => ann.playCard(), isDie);
      table.wait(3600);
      await table.manager().recover(sessionId);
      table.wait(60);
      await table.manager().resume(sessionId);
      await table.done(ben.playCard());
      return sessionId;
    },
  },
  'duel-branch': {
    about: 'A branch of a card duel by its guest, from the middle of a move; somebody else sits down across.',
    play: async (table) => {
      const { sessionId, ann, ben } = await beginDuel(table);
      await table.done(ann.playCard());
      await table.done(ben.playCard());
      const action = table.log(sessionId).findLast(({ kind }) => kind === 'action');
      const branch = await ben.branch(action?.seq ?? 0);
      await table.manager().resume(branch);
      const cleo = playerAt(table, { sessionId: branch, playerId: 'cleo' });
      await table.done(cleo.take('home'));
      return branch;
    },
  },
};
