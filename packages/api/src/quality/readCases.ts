import type { CharacterSheet, TranscriptLine } from '@dcs/engine';
import { z } from 'zod';
import { CaseError } from './caseError.ts';
import {
  ACTION_FILE,
  actionFileSchema,
  caseFileHeadSchema,
  playFileSchema,
  REPLY_FILE,
  replyFileSchema,
} from './caseFile.schema.ts';
import type { ActionFile, PlayFile, ReplyFile } from './caseFile.schema.ts';
import type { ActionCase, LabelledCase, PlayCase, ReplyCase } from './labelledCase.ts';

/** Where a case comes from, and who plays in it. */
export interface CaseSource {
  /** The name of the file. */
  readonly file: string;
  readonly sheetOf: (hid: string, caseId: string) => CharacterSheet;
}

interface Told {
  readonly opening: string | null;
  readonly turns: PlayCase['play']['turns'];
}

/** Turns as they were played; an action without a reply is none. */
function toldIn(lines: readonly TranscriptLine[]): Told {
  const opening = lines[0]?.speaker === 'character' ? lines[0].text : null;
  const turns = lines.flatMap(({ speaker, text }, index) => {
    const next = lines[index + 1];
    return speaker === 'player' && next?.speaker === 'character' ? [{ text, reply: next.text }] : [];
  });
  return { opening, turns };
}

type Head = ActionFile['cases'][number] | ReplyFile['cases'][number] | PlayFile['cases'][number];

const headOf = ({ id, description }: Head, { file }: CaseSource) => ({ file, id, description });

const castOf = ({ id, pc_hid, npc_hid }: Head, { sheetOf }: CaseSource) => ({
  pc: sheetOf(pc_hid, id),
  npc: sheetOf(npc_hid, id),
});

const actionCases = ({ cases }: ActionFile, source: CaseSource): readonly ActionCase[] =>
  cases.map((one) => ({
    kind: 'action',
    ...headOf(one, source),
    ...castOf(one, source),
    transcript: one.transcript,
    action: one.player_action,
    broken: one.expected_failed_validators,
    kept: one.expected_passed_validators,
  }));

const replyCases = ({ cases }: ReplyFile, source: CaseSource): readonly ReplyCase[] =>
  cases.map((one) => {
    const last = one.transcript.at(-1);
    if (last?.speaker !== 'player') {
      throw new CaseError(`${source.file}: the transcript of ${one.id} must end with what the player does.`);
    }
    return {
      kind: 'reply',
      ...headOf(one, source),
      ...castOf(one, source),
      transcript: one.transcript.slice(0, -1),
      action: last.text,
      reply: one.simulator_response,
      objective: one.game_objective === '' ? null : one.game_objective,
      broken: one.expected_failed_validators,
      kept: one.expected_passed_validators,
    };
  });

const playCases = ({ metadata, cases }: PlayFile, source: CaseSource): readonly PlayCase[] =>
  cases.map((one) => ({
    kind: 'play',
    ...headOf(one, source),
    task: metadata.model_key,
    play: {
      ...castOf(one, source),
      ...toldIn(one.transcript),
      ...(one.shared_goal === undefined ? {} : { objective: one.shared_goal }),
      claim: one.guess,
    },
    tier: one.expected_tier,
    score: one.expected_score,
  }));

function parsedBy<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new CaseError(`${file} is no file of labelled cases.\n${z.prettifyError(result.error)}`);
}

/** Reads the content of a file of cases. Throws CaseError. */
export function readCases(value: unknown, source: CaseSource): readonly LabelledCase[] {
  const { model_key: key } = parsedBy(caseFileHeadSchema, value, source.file).metadata;
  if (key === ACTION_FILE) return actionCases(parsedBy(actionFileSchema, value, source.file), source);
  if (key === REPLY_FILE) return replyCases(parsedBy(replyFileSchema, value, source.file), source);
  return playCases(parsedBy(playFileSchema, value, source.file), source);
}
