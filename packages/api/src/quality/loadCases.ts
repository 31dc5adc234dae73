import type { CharacterSheet, TranscriptLine } from '@dcs/engine';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { loadReferenceFile } from '../catalog/index.ts';
import { readTextFile } from '../catalog/textFile.ts';
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

const MOST_BYTES = 4 * 1024 * 1024;
const CASE_FILE = /_cases\.json$/;
const CHARACTERS = 'characters.json';

/** Where a case comes from, and who plays in it. */
interface Source {
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

const headOf = ({ id, description }: Head, { file }: Source) => ({ file, id, description });

const castOf = ({ id, pc_hid, npc_hid }: Head, { sheetOf }: Source) => ({
  pc: sheetOf(pc_hid, id),
  npc: sheetOf(npc_hid, id),
});

const actionCases = ({ cases }: ActionFile, source: Source): readonly ActionCase[] =>
  cases.map((one) => ({
    kind: 'action',
    ...headOf(one, source),
    ...castOf(one, source),
    transcript: one.transcript,
    action: one.player_action,
    broken: one.expected_failed_validators,
    kept: one.expected_passed_validators,
  }));

const replyCases = ({ cases }: ReplyFile, source: Source): readonly ReplyCase[] =>
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

const playCases = ({ metadata, cases }: PlayFile, source: Source): readonly PlayCase[] =>
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

function casesIn(value: unknown, source: Source): readonly LabelledCase[] {
  const { model_key: key } = parsedBy(caseFileHeadSchema, value, source.file).metadata;
  if (key === ACTION_FILE) return actionCases(parsedBy(actionFileSchema, value, source.file), source);
  if (key === REPLY_FILE) return replyCases(parsedBy(replyFileSchema, value, source.file), source);
  return playCases(parsedBy(playFileSchema, value, source.file), source);
}

async function readJson(folder: string, file: string): Promise<unknown> {
  const read = await readTextFile(path.join(folder, file), MOST_BYTES);
  if (!read.ok) throw new CaseError(`${file} ${read.problem.message}. ${read.problem.fix}`);
  try {
    return JSON.parse(read.text);
  } catch (cause) {
    throw new CaseError(`${file} is not JSON.`, { cause });
  }
}

async function sheetsIn(folder: string): Promise<ReadonlyMap<string, CharacterSheet>> {
  const { characters, problems } = await loadReferenceFile(path.join(folder, CHARACTERS));
  if (characters.length > 0) return new Map(characters.map(({ sheet }) => [sheet.hid, sheet]));
  const why = problems[0] === undefined ? 'is empty' : problems[0].message;
  throw new CaseError(`${CHARACTERS}, with the characters of the cases, ${why}.`);
}

async function caseFilesIn(folder: string): Promise<readonly string[]> {
  try {
    const files = await readdir(folder);
    return files.filter((file) => CASE_FILE.test(file)).toSorted();
  } catch (cause) {
    throw new CaseError(`${folder} cannot be read. Give a folder with files of labelled cases.`, { cause });
  }
}

/**
 * Reads the labelled cases of a folder: all files whose names end in `_cases.json`, with the characters of its
 * `characters.json`. Rejects with CaseError.
 */
export async function loadCases(folder: string): Promise<readonly LabelledCase[]> {
  const files = await caseFilesIn(folder);
  if (files.length === 0) {
    throw new CaseError(`${folder} holds no labelled cases: no file whose name ends in _cases.json.`);
  }
  const sheets = await sheetsIn(folder);
  const cases: LabelledCase[] = [];
  for (const file of files) {
    const sheetOf = (hid: string, caseId: string): CharacterSheet => {
      const sheet = sheets.get(hid);
      if (sheet === undefined) {
        throw new CaseError(`${file}: ${caseId} needs ${hid}, which ${CHARACTERS} does not describe.`);
      }
      return sheet;
    };
    cases.push(...casesIn(await readJson(folder, file), { file, sheetOf }));
  }
  return cases;
}
