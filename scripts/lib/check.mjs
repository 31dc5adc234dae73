import { existsSync } from 'node:fs';
import { checks } from './checks.mjs';
import { ensureInstalled } from './install.mjs';
import { findNode24 } from './node24.mjs';
import { inRoot } from './paths.mjs';
import { capture } from './processes.mjs';
import { Problem, say, seconds } from './ui.mjs';
import { ensureWebTypes } from './webBuild.mjs';

const AT_A_TIME = 2;

/** `npm run check -- [part of a name ...]`: every check, one line each, and all that a failed one printed. */
export async function check(args) {
  const chosen = checks.filter(({ name }) => args.length === 0 || args.some((arg) => name.includes(arg)));
  if (chosen.length === 0)
    throw new Problem(`No check has such a name. There are: ${checks.map(({ name }) => name).join('; ')}`);
  await ensureInstalled();
  await ensureWebTypes();
  const waiting = [...chosen];
  const failures = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const failure = await runOne(next);
      if (failure) failures.push(failure);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  for (const { name, output } of failures) say(`\n--- ${name}\n${output.trim()}`);
  say(`\n${chosen.length - failures.length} checks passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}

async function runOne({ name, node, before, needs = [], cwd = '.' }) {
  const started = performance.now();
  const missing = needs.filter((file) => !existsSync(inRoot(file)));
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  const run = (args) => capture(findNode24(), args, { cwd: inRoot(cwd), env });
  const results = [];
  if (missing.length === 0) {
    if (before) results.push(await run(before));
    if (!results.some(({ code }) => code !== 0)) results.push(await run(node));
  }
  const ok = missing.length === 0 && results.every(({ code }) => code === 0);
  say(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds(started)})`);
  if (ok) return null;
  const output =
    missing.length > 0 ? `missing: ${missing.join(', ')}` : results.map((result) => result.output).join('');
  return { name, output };
}
