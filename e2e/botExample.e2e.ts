/*
 * Safety property: a program that plays through the typed client ends with the same events as the database, although its
 * connection breaks twice on the way.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { openBadLine } from './support/badLine.ts';
import { expect, test } from './support/fixtures.ts';
import { connect, readLog } from './support/player.ts';

const BOT = path.resolve(import.meta.dirname, '../examples/bot.ts');

test('the bot of the README plays three turns over a line that breaks twice, and misses nothing', async ({
  server,
}) => {
  let begun = 0;
  await using line = await openBadLine(server.url, {
    // The first to begin is the opening, the third is the second turn.
    cutAfter: (piece) => piece.includes('"phase":"started"') && [1, 3].includes((begun += 1)),
  });
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [BOT, line.url]);
  expect(stderr).toBe('');
  expect(line.cuts).toBe(2);

  const accessKey = /sign in with (dcs-ak-\S+)\n$/.exec(stdout)?.[1] ?? '';
  const client = connect(server.url, accessKey);
  const { sessions } = await client.sessions.list.query({});
  expect(sessions).toHaveLength(1);
  const log = await readLog({ client }, sessions[0]?.sessionId ?? '');
  client.close();
  const printed = log.map(({ seq, source, content }) => `${seq} ${source}: ${content}\n`).join('');
  expect(stdout).toBe(`${printed}To come back to this session, sign in with ${accessKey}\n`);
  expect(log.filter(({ direction, kind }) => direction === 'inbound' && kind === 'message')).toHaveLength(3);
});
