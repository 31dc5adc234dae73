import { builtInGames, lettersOf } from '@dcs/engine';
import { z } from 'zod';
import { SURFACES, TARGETS, TECHNIQUES } from './vocabulary.ts';
import type { Surface, Technique } from './vocabulary.ts';

/*
 * Attempts of players to make a model, or the program around it, do what they have no right to: kept as data, so that
 * whoever finds a new one adds it without touching a program. See attacks/README.md.
 */

/** The games that are played in words. */
export const ATTACKED_GAMES: readonly string[] = builtInGames
  .filter(({ kind }) => kind === 'language')
  .map(({ name }) => name);

/** More than any game takes, so that texts beyond the bounds can be tried. */
const LONGEST_TEXT = 10_000;
/** As the games' own bounds are counted. */
const codePoints = (text: string): number => [...text].length;

const stepSchema = z
  .strictObject({
    surface: z.enum(SURFACES),
    text: z.string().min(1).max(LONGEST_TEXT),
    /** Repeats the text until it has this many characters. */
    fillTo: z.int().min(1).max(LONGEST_TEXT).optional(),
    /** Put into the mouth of whoever writes the reply to this step: judges of replies have to reject it. */
    plantedReply: z.string().min(1).max(500).optional(),
  })
  .transform(({ fillTo, ...step }) => {
    if (fillTo === undefined) return step;
    const times = Math.ceil(fillTo / codePoints(step.text));
    return { ...step, text: [...step.text.repeat(times)].slice(0, fillTo).join('') };
  });
export type AttackStep = z.output<typeof stepSchema>;

/** What must not happen beside what must never happen: an unusual change of the session, a leak, a broken prompt. */
const neverSchema = z
  .strictObject({
    /** Words by which one can tell that a model has obeyed. They do not stand in the attack. */
    say: z.array(z.string().min(5).max(100)).max(5).optional(),
    /** The last action breaks a rule: no judge may let it pass. */
    pass: z.literal(true).optional(),
    /** The answers are worth no more than this tier. */
    tierAbove: z.int().min(0).max(2).optional(),
    /** The predictions say nothing: none of them may count as right. */
    countPrediction: z.literal(true).optional(),
  })
  .default({});

const gamesSchema = z.union([
  z.literal('all').transform(() => ATTACKED_GAMES),
  z
    .array(z.string().refine((name) => ATTACKED_GAMES.includes(name), 'is no language game'))
    .min(1)
    .max(20),
]);

/** Games that ask no closing question have nowhere to write an answer, and only Foresight takes predictions. */
const GAMES_WITH: Readonly<Partial<Record<Surface, readonly string[]>>> = {
  answer: ['infer-intent', 'goal-horizon', 'teamwork'],
  prediction: ['foresight'],
};

const attackSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be in lower case with hyphens')
      .max(60),
    games: gamesSchema,
    target: z.enum(TARGETS),
    steps: z.array(stepSchema).min(1).max(9),
    never: neverSchema,
  })
  .superRefine(({ games, steps, never }, context) => {
    const missing = steps.flatMap(({ surface }) => {
      const withIt = GAMES_WITH[surface] ?? games;
      return games.filter((game) => !withIt.includes(game)).map((game) => `${game} has no ${surface}`);
    });
    if (missing.length > 0)
      context.addIssue({ code: 'custom', path: ['games'], message: missing.join(', ') });
    const written = lettersOf(steps.map(({ text }) => text).join(' '));
    const given = (never.say ?? []).filter((words) => written.includes(lettersOf(words)));
    if (given.length > 0) {
      const message = 'stands in the attack itself, so saying it would prove nothing';
      context.addIssue({ code: 'custom', path: ['never', 'say'], message });
    }
  });

/** One file: the attacks of one technique. */
export const attackFileSchema = z.strictObject({
  technique: z.enum(TECHNIQUES),
  attacks: z.array(attackSchema).min(1).max(200),
});

export type Attack = z.output<typeof attackSchema> & { readonly technique: Technique };
