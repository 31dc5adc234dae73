import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPrediction } from './prediction.ts';

describe('a prediction', () => {
  it.each([
    ['I wave.\npredict: it waves back', 'I wave.', 'it waves back'],
    ['Predict: it sleeps.\nI wave.', 'I wave.', 'it sleeps.'],
    ['I wave.\n  prediction : it sleeps', 'I wave.', 'it sleeps'],
    ['I wave.\n/predict: it sleeps', 'I wave.', 'it sleeps'],
    ['I wave. I predict that it comes closer.', 'I wave.', 'it comes closer.'],
    ['I predict it comes closer. I wave.', 'I wave.', 'it comes closer.'],
    ['I wave. I expect it to stop! Then I wait.', 'I wave. Then I wait.', 'it to stop!'],
    ['I wave. My prediction is that it sleeps.', 'I wave.', 'it sleeps.'],
    ['I wave. I predict it stops. I predict that it eats.', 'I wave.', 'it stops. it eats.'],
    ['predict: it sleeps', '', 'it sleeps'],
  ])('stands beside the action in %j', (text, action, prediction) => {
    expect(readPrediction(text)).toEqual({ action, prediction });
  });

  it.each([
    'I wave.',
    'I say: "I predict that it rains."',
    'I say “Look. I predict rain.” and wait.',
    'I write: what can you predict?',
    'I ask for the prediction.',
    'predict:',
    'I am unpredictable. I jump.',
  ])('is not what %j holds, which is an action as it stands', (text) => {
    expect(readPrediction(text)).toEqual({ action: text, prediction: null });
  });

  it('takes nothing from a text and adds nothing to it', () => {
    const letters = (text: string): string => [...text.replaceAll(/\s/g, '')].toSorted().join('');
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const text = `${before}. I wave. ${after}`;
        const { action, prediction } = readPrediction(text);
        if (prediction === null) expect(action).toBe(text);
        else expect(letters(text).length).toBeGreaterThanOrEqual(letters(action + prediction).length);
      }),
    );
  });
});
