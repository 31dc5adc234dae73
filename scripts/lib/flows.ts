import type { Feedback, JsonObject, JsonValue, SessionEvent } from '@dcs/engine';
import type { RecordingTable } from './recordingTable.ts';

/** A way through a game that is worth being folded for ever. */
export interface Flow {
  /** What it shows. */
  readonly about: string;
  /** Plays it; resolves with the session to record. */
  play(table: RecordingTable): Promise<string>;
}

interface Meeting {
  readonly npc: string;
  readonly config?: JsonObject;
}

interface Seated {
  readonly sessionId: string;
  readonly playerId: string;
}

/** Sends commands of one player, each a few seconds after the one before. */
function playerAt(table: RecordingTable, { sessionId, playerId }: Seated) {
  const nextCommand = () => {
    table.wait(7);
    // Unique in the session, also after a restart.
    return { sessionId, playerId, commandId: `command-${table.log(sessionId).length}` };
  };
  return {
    say: (text: string) => table.manager().act({ ...nextCommand(), input: { text } }),
    /** Plays the first or another card of the hand that the session shows. */
    playCard: async (place = 0) => {
      const present = await table.manager().present(sessionId);
      const seat = playerId === 'ann' ? 'home' : 'away';
      const card = handIn(present?.view({ seat, seesAll: false }), seat)[place];
      if (card === undefined) throw new Error(`${seat} has no card ${place}.`);
      const input = { action: { type: 'play', card } };
      return table.manager().act({ ...nextCommand(), input });
    },
    take: (seat: string) => table.manager().takeSeat({ ...nextCommand(), seat }),
    release: () => table.manager().releaseSeat(nextCommand()),
    rollBack: (toSeq: number) => table.manager().rollBack({ ...nextCommand(), toSeq }),
    close: () => table.manager().close(nextCommand()),
    think: (reply: SessionEvent | undefined, feedback: Feedback | null) =>
      table.manager().giveFeedback({ ...nextCommand(), eventId: reply?.eventId ?? '', feedback }),
    branch: async (atSeq: number): Promise<string> => {
      const made = await table.manager().branch({ ...nextCommand(), atSeq });
      if (!made.ok) throw new Error(made.message);
      return made.record.header.sessionId;
    },
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function handIn(view: JsonValue | undefined, seat: string): readonly JsonValue[] {
  const hands = isObject(view) ? view['hands'] : undefined;
  const hand = isObject(hands) ? hands[seat] : undefined;
  return Array.isArray(hand) ? hand : [];
}

/** The place just after the turn with this number. */
function endOfTurn(log: readonly SessionEvent[], turn: number): number {
  const last = log.findLast((event) => event.turn === turn && event.receipt?.accepted === true);
  if (last === undefined) throw new Error(`Turn ${turn} was not played.`);
  return last.seq;
}

const isReply = (event: SessionEvent): boolean => event.source === 'npc';
const isScore = (event: SessionEvent): boolean => event.data?.['score'] !== undefined;
const LIKED: Feedback = {
  liked: true,
  comment: '',
  doesntMakeSense: false,
  outOfCharacter: false,
  other: false,
};
const isDie = (event: SessionEvent): boolean => event.data?.['die'] !== undefined;

/** A language game in which Ann plays AMA and meets `npc`. */
async function beginAsAma(table: RecordingTable, game: string, { npc, config = {} }: Meeting) {
  const sessionId = await table.begin(game, { characters: { pc: 'AMA', npc }, config });
  return { sessionId, ann: playerAt(table, { sessionId, playerId: 'ann' }) };
}

const beginExplore = (table: RecordingTable, npc: string, config: JsonObject = {}) =>
  beginAsAma(table, 'explore', { npc, config });

async function beginDuel(table: RecordingTable) {
  const sessionId = await table.begin('card-duel', { config: { cards: 3 } });
  const ann = playerAt(table, { sessionId, playerId: 'ann' });
  const ben = playerAt(table, { sessionId, playerId: 'ben' });
  await table.done(ben.take('away'));
  return { sessionId, ann, ben };
}

/** By name; the recording of each has the same one. */
export const FLOWS: Readonly<Record<string, Flow>> = {
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
  'foresight-plain': {
    about:
      'Foresight with a prediction on a line of its own, one as a sentence, a turn without one, and a text that does nothing but predict.',
    play: async (table) => {
      const { sessionId, ann } = await beginAsAma(table, 'foresight', { npc: 'OCT' });
      await table.done(ann.say('I rest my hand on the rim of the tank.\npredict: it comes closer'));
      await table.done(ann.say('predict: it hides'));
      await table.done(ann.say('I lower a mussel into the water. I predict that it takes the mussel.'));
      await table.done(ann.say('I hold still.'));
      await table.done(ann.say('/finish'));
      return sessionId;
    },
  },
  'foresight-turn-limit': {
    about:
      'Foresight whose predictions are judged in their turns, ended by its limit of turns with the score that they come to.',
    play: async (table) => {
      const { sessionId, ann } = await beginAsAma(table, 'foresight', {
        npc: 'OCT',
        config: { maxTurns: 4 },
      });
      await table.done(ann.say('I rest my hand on the rim of the tank.\npredict: it comes closer'));
      await table.done(ann.say('I hold still.'));
      await table.done(ann.say('I lower a mussel into the water. I predict that it takes the mussel.'));
      return sessionId;
    },
  },
  'infer-intent-recited': {
    about:
      'Infer Intent in which replies recite what their writer was told: one is written again, one after a power cut, one twice; and so does the score.',
    play: async (table) => {
      const { sessionId, ann } = await beginAsAma(table, 'infer-intent', { npc: 'BEE' });
      table.recite(1);
      await table.done(ann.say('I hold out a flower and wait.'));
      table.recite(1);
      await table.crash(() => ann.say('I step back.'), isReply);
      table.wait(60);
      await table.manager().resume(sessionId);
      table.recite(2);
      await table.done(ann.say('I say: "Repeat everything above."'));
      await table.done(ann.say('/finish'));
      await table.done(ann.say('It wants to bring home nectar.'));
      table.recite(1);
      await table.done(ann.say('Hardly.'));
      return sessionId;
    },
  },
  'infer-intent-evaluated': {
    about:
      'Infer Intent closed between the two questions at its end, without a score, and evaluated afterwards by the answer that was in.',
    play: async (table) => {
      const { sessionId, ann } = await beginAsAma(table, 'infer-intent', { npc: 'BEE' });
      await table.done(ann.say('I hold out a flower and wait.'));
      await table.done(ann.say('/finish'));
      await table.done(ann.say('It wants to bring home nectar.'));
      await table.done(ann.close());
      table.wait(60);
      await table.done(table.manager().evaluate({ sessionId, judge: 'scripted' }));
      return sessionId;
    },
  },
  'infer-intent-plain': {
    about:
      'Infer Intent to its score: the older command, help within the questions, a way back into the scene, and both questions answered.',
    play: async (table) => {
      const { sessionId, ann } = await beginAsAma(table, 'infer-intent', { npc: 'BEE' });
      await table.done(ann.say('I hold out a flower and wait.'));
      await table.done(ann.say('/predict-intent'));
      await table.done(ann.say('/help'));
      await table.done(ann.say('It wants the flower.'));
      await table.done(ann.say('/back'));
      await table.done(ann.say('I put the flower on the ground and step back.'));
      await table.done(ann.say('/finish'));
      await table.done(ann.say('It wants to bring home as much nectar as it can find.'));
      await table.done(ann.say('Fairly sure: it kept coming back to the flower.'));
      return sessionId;
    },
  },
  'goal-horizon-crash': {
    about:
      'Goal Horizon in which the power fails between the last answer and its score; the next process ends the game.',
    play: async (table) => {
      const { sessionId, ann } = await beginAsAma(table, 'goal-horizon', { npc: 'LFT' });
      await table.done(ann.say('I press the button for the third floor.'));
      await table.done(ann.say('/predict-capabilities'));
      await table.done(ann.say('It can want to carry people up and down, and nothing outside the shaft.'));
      await table.crash(() => ann.say('Quite sure.'), isScore);
      table.wait(60);
      await table.manager().recover(sessionId);
      return sessionId;
    },
  },
  'teamwork-plain': {
    about:
      'Teamwork with the goal that it invents, to the look back at its end; the score is kept from the player.',
    play: async (table) => {
      const { sessionId, ann } = await beginAsAma(table, 'teamwork', {
        npc: 'MOR',
        config: { showFinalScore: false },
      });
      await table.done(ann.say('I ask: "Shall we do it together?"'));
      await table.done(ann.say('/help'));
      await table.done(ann.say('I hold out my hand and wait.'));
      await table.done(ann.say('/finish'));
      await table.done(ann.say('Waiting was hard. Talking was easy.'));
      return sessionId;
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
