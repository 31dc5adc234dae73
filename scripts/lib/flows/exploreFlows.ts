import type { Feedback } from '@dcs/engine';
import { beginExplore } from './beginnings.ts';
import type { Flows } from './flow.ts';
import { endOfTurn, isReply } from './log.ts';
import { playerAt } from './player.ts';

const LIKED: Feedback = {
  liked: true,
  comment: '',
  doesntMakeSense: false,
  outOfCharacter: false,
  other: false,
};

/** A scene without a score, and what can happen to every session. */
export const EXPLORE_FLOWS: Flows = {
  'explore-plain': {
    about:
      'Explore from its opening to /finish: actions, a question for help, and a command that does not exist.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'OCT');
      await table.done(ann.say('I rest my hand on the rim of the tank, and hold still.'));
      await table.done(ann.say('/help'));
      await table.done(ann.say('I lower a mussel into the water on my open palm.'));
      await table.done(ann.say('/dance'));
      await table.done(ann.say('I say: "Good morning."'));
      await table.done(ann.say('/finish'));
      return sessionId;
    },
  },
  'explore-rejected': {
    about: 'Explore in which actions break the rules of play until no attempt is left; one text is too long.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'BEE', { retryBudget: 2, maxInputLength: 80 });
      await table.done(ann.say('I wave and it smiles at me.'));
      await table.done(ann.say('I hold out a flower and wait.'));
      await table.done(ann.say('I wait, '.repeat(20)));
      await table.done(ann.say('You feel happy and agree.'));
      return sessionId;
    },
  },
  'explore-paused': {
    about: 'Explore that is paused and resumed, with the other character hidden, and abandoned in the end.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'MYC', { showNpcDetails: false });
      await table.done(ann.say('I kneel and put my palm flat on the soil.'));
      table.wait(20);
      await table.manager().pause(sessionId);
      table.wait(3600);
      await table.manager().resume(sessionId);
      await table.done(ann.say('I knock three times and wait.'));
      await table.manager().pause(sessionId);
      table.wait(86_400);
      await table.manager().abandon(sessionId, Number.MAX_SAFE_INTEGER);
      return sessionId;
    },
  },
  'explore-turn-limit': {
    about: 'Explore that ends at its limit of three turns.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'LFT', { maxTurns: 3 });
      await table.done(ann.say('I press the button for the third floor.'));
      await table.done(ann.say('I lean against the wall and hum.'));
      return sessionId;
    },
  },
  'explore-time-limit': {
    about: 'Explore whose time is up when the last action arrives: it is kept and not answered.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'IDR', { maxPlaytimeSeconds: 60 });
      await table.done(ann.say('I hold out my hand.'));
      table.wait(90);
      await table.done(ann.say('I wait for an answer.'));
      return sessionId;
    },
  },
  'explore-seats': {
    about: 'Explore whose player leaves the seat to another one, who closes the session.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'MOR');
      await table.done(ann.say('I wave.'));
      await table.done(ann.release());
      const ben = playerAt(table, { sessionId, playerId: 'ben' });
      await table.done(ben.take('pc'));
      await table.done(ben.say('I sit down on the bench.'));
      await table.done(ben.close());
      return sessionId;
    },
  },
  'explore-crash': {
    about: 'Explore in which the power fails between an action and its answer; the next process answers.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'OCT');
      await table.crash(() => ann.say('I tap the glass twice, gently.'), isReply);
      table.wait(300);
      await table.manager().resume(sessionId);
      await table.done(ann.say('I hold still.'));
      await table.crash(
        () => ann.say('I wave and it smiles at me.'),
        (event) => event.kind === 'error',
      );
      table.wait(60);
      await table.manager().recover(sessionId);
      return sessionId;
    },
  },
  'explore-rewritten': {
    about:
      'Explore in which a reply breaks a rule and is written again, once after a power cut, and one whose second writing breaks it as well.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'OCT');
      table.objectToReplies(1);
      await table.done(ann.say('I rest my hand on the rim of the tank.'));
      table.objectToReplies(2);
      await table.done(ann.say('I tap the glass twice, gently.'));
      table.objectToReplies(1);
      await table.crash(() => ann.say('I hold out a mussel.'), isReply);
      table.wait(60);
      await table.manager().resume(sessionId);
      await table.done(ann.say('I wave and it smiles at me.'));
      await table.done(ann.say('I hold still.'));
      return sessionId;
    },
  },
  'explore-branch': {
    about: 'A branch of Explore, from the place before the action that it tries in another way.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'OCT');
      await table.done(ann.say('I rest my hand on the rim of the tank.'));
      await table.done(ann.say('I splash the water with both hands.'));
      const branch = await ann.branch(endOfTurn(table.log(sessionId), 2));
      table.wait(30);
      await table.manager().resume(branch);
      await table.done(playerAt(table, { sessionId: branch, playerId: 'ann' }).say('I hold still and wait.'));
      return branch;
    },
  },
  'explore-feedback': {
    about: 'Explore with feedback on its replies: given, changed, taken back, and given after the end.',
    play: async (table) => {
      const { sessionId, ann } = await beginExplore(table, 'OCT');
      const replies = () => table.log(sessionId).filter(isReply);
      await table.done(ann.think(replies()[0], LIKED));
      await table.done(ann.say('I rest my hand on the rim of the tank.'));
      const comment = 'It has no words.';
      await table.done(ann.think(replies()[1], { ...LIKED, liked: false, outOfCharacter: true, comment }));
      await table.done(ann.think(replies()[0], null));
      await table.done(ann.say('I lower a mussel into the water.'));
      await table.done(ann.think(replies()[1], LIKED));
      await table.manager().pause(sessionId);
      await table.done(ann.think(replies()[2], { ...LIKED, liked: false, doesntMakeSense: true }));
      await table.done(ann.say('/finish'));
      await table.done(ann.think(replies()[0], { ...LIKED, liked: false, other: true }));
      return sessionId;
    },
  },
};
