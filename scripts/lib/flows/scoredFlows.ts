import { beginAsAma } from './beginnings.ts';
import type { Flows } from './flow.ts';
import { isReply, isScore } from './log.ts';

/** Scenes that end in questions, predictions and scores. */
export const SCORED_FLOWS: Flows = {
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
};
