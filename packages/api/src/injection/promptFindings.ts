import { lettersOf, lettersOfAll, runsOf } from '@dcs/engine';
import type { Finding } from './finding.ts';
import type { AttackPlay } from './playAttack.ts';
import type { AskedModel } from './witness.ts';

/*
 * Where in a prompt a player's words may stand: in messages to a model, between tags that they cannot close, and never in
 * what tells it who it is and what to do.
 */

/** One line each, by a tag that says whose it is. */
const TRANSCRIPT = /<transcript>\n((?:<(?:player|scene)>[^<>\n]*<\/(?:player|scene)>\n)*)<\/transcript>/g;
const LINE = /^<(?<tag>player|scene)>[^<>\n]*<\/\k<tag>>$/;
const FENCE = /<(?<tag>[a-z_]+)>\n[^<>]*\n<\/\k<tag>>/g;
/** A repeated text that is shorter may stand in anybody's instructions. */
const TELLING_LETTERS = 24;
const STRIDE = 12;

const found = ({ role, task }: AskedModel, message: string): Finding => ({
  kind: 'prompt',
  message: `${role}/${task}: ${message}`,
});

/** Whether the lines of the transcript are those that were played, each under the name of whoever said it. */
function hasForgedLine({ prompt, scene }: AskedModel): boolean {
  const content = prompt.messages.map((message) => message.content).join('\n');
  const shown = [...content.matchAll(TRANSCRIPT)];
  const lines = shown.flatMap(([, body = '']) => body.split('\n').slice(0, -1));
  const speakers = (scene?.transcript ?? []).map(({ speaker }) =>
    speaker === 'player' ? 'player' : 'scene',
  );
  if (shown.length === 0) return false;
  const tags = lines.map((line) => LINE.exec(line)?.groups?.['tag']);
  return shown.length > 1 || JSON.stringify(tags) !== JSON.stringify(speakers);
}

/** What a model is told by us and not by a player. */
const outsideFences = (content: string): string => content.replaceAll(TRANSCRIPT, '').replaceAll(FENCE, '');

interface Innocence {
  /** Pieces of the attack that no innocent prompt holds. */
  readonly pieces: readonly string[];
  /** Of system prompts, which most questions have in common: whether such a piece stands in it. */
  readonly judged: Map<string, boolean>;
}

const holdsAttack = (text: string, { pieces }: Innocence): boolean => {
  const letters = lettersOf(text);
  return pieces.some((piece) => letters.includes(piece));
};

function systemHoldsAttack(system: string, innocence: Innocence): boolean {
  const known = innocence.judged.get(system) ?? holdsAttack(system, innocence);
  innocence.judged.set(system, known);
  return known;
}

function ofQuestion(asked: AskedModel, innocence: Innocence): readonly Finding[] {
  const { system, messages } = asked.prompt;
  const outside = messages.map(({ content }) => outsideFences(content)).join('\n');
  const faults = [
    { isMet: messages.some(({ role }) => role !== 'user'), what: 'words stand in a model’s mouth.' },
    { isMet: /[<>]/.test(outside), what: 'a tag is open, or closed twice.' },
    { isMet: hasForgedLine(asked), what: 'the transcript has other lines than were played.' },
    { isMet: holdsAttack(outside, innocence), what: 'the attack stands outside its tags.' },
    { isMet: systemHoldsAttack(system, innocence), what: 'the attack stands in the system prompt.' },
  ];
  return faults.filter(({ isMet }) => isMet).map(({ what }) => found(asked, what));
}

/** What models are told in a session of the same people in which nothing but `I wait.` is written, as letters. */
export const innocentLetters = (asked: readonly AskedModel[]): string =>
  lettersOfAll([
    ...new Set(
      asked.flatMap(({ prompt }) => [prompt.system, ...prompt.messages.map(({ content }) => content)]),
    ),
  ]);

/** Where words of the player got out of their place. `innocent` is what stands in the prompts of whoever attacks nobody. */
export function promptFindings({ attack, asked }: AttackPlay, innocent: string): readonly Finding[] {
  // They overlap, so that a part of the attack is found as well.
  const pieces = new Set(
    attack.steps.flatMap(({ text }) => runsOf(lettersOf(text), TELLING_LETTERS, STRIDE)),
  );
  const telling = [...pieces].filter((piece) => !innocent.includes(piece));
  const innocence = { pieces: telling, judged: new Map<string, boolean>() };
  return asked.flatMap((question) => ofQuestion(question, innocence));
}
