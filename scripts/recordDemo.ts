/**
 * Records examples/demo.jsonl, the tape of examples/demo.ts, anew: `node scripts/recordDemo.ts`. To be done when a prompt has changed, since
 * then its questions are not on the old tape. The answers are ours, written by hand; no model is asked.
 */
import type { LanguageModel, ModelRole } from '@dcs/engine';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { readEnv } from '../packages/api/src/env.ts';
import { createLogger } from '../packages/api/src/logger.ts';
import { openTaping } from '../packages/api/src/models/recording/openTaping.ts';
import { createQuestionUse } from '../packages/api/src/models/recording/tapingModel.ts';
import { startServer } from '../packages/api/src/server.ts';
import { openMemoryStorage } from '../packages/api/src/storage.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../examples');
const TAPE = path.join(EXAMPLES, 'demo.jsonl');

const PASSED = JSON.stringify({ pass: true });

const SAID: Readonly<Record<'opener' | 'updater' | 'scorer', readonly string[]>> = {
  opener: [
    'You are at the window of a dim tank at dusk. Behind the glass something as long as a forearm, brown as wet sand, holds a stone before a clay pipe. On the ledge beside you are a lidded jar and a ball of string.',
  ],
  updater: [
    'One arm uncurls from behind the stone and lays three suckers on the glass where the jar is. The rest of it stays pressed to the pipe. Slowly, its skin turns a dark red.',
    'It lets go of the stone, flattens itself to the gravel and circles the jar twice, an arm held out long. The tip touches the lid, draws back, and touches it again.',
    'Every arm stops. It blanches to the tips and shoots backwards into the pipe, and the stone scrapes over the gravel after it. The jar rolls once and lies still against the window.',
  ],
  scorer: [
    { verdict: 'correct', reasoning: 'One arm came out and felt for the jar.' },
    { verdict: 'wrong', reasoning: 'It came out to the jar instead of going into the pipe.' },
  ].map((verdict) => JSON.stringify(verdict)),
};

/** Says what is written for each role, in order. Throws when it is asked for more. */
function writtenByHand(): LanguageModel {
  const left = new Map(Object.entries(SAID).map(([role, texts]) => [role, [...texts]]));
  const next = (role: ModelRole): string => {
    const text = role === 'playerJudge' || role === 'simulatorJudge' ? PASSED : left.get(role)?.shift();
    if (text === undefined) throw new Error(`Nothing more is written for the ${role}.`);
    return text;
  };
  return {
    id: 'written-by-hand',
    generate: ({ role }) => Promise.resolve({ text: next(role), model: 'written-by-hand' }),
  };
}

await rm(TAPE, { force: true });
const taping = await openTaping(writtenByHand(), {
  file: TAPE,
  seed: 'demonstration',
  use: createQuestionUse(),
  onFault: (fault) => {
    throw fault;
  },
});
const server = await startServer({
  env: readEnv({ PORT: '0', HOST: '127.0.0.1' }),
  logger: createLogger('error'),
  storage: openMemoryStorage(),
  headless: true,
  model: taping.model,
});
const demo = [path.join(EXAMPLES, 'demo.ts'), `http://127.0.0.1:${server.port}`];
const { stdout } = await promisify(execFile)(process.execPath, demo);
await server.stop();
await taping.stop();
process.stdout.write(stdout);
