import { rmSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { filesBelow } from './fingerprint.mjs';
import { ensureInstalled } from './install.mjs';
import { compileCache, findNode24 } from './node24.mjs';
import { inRoot } from './paths.mjs';
import { prepareDatabase, prepareRedis } from './prepare.mjs';
import { foreground } from './processes.mjs';
import { createTestFolder } from './testFolder.mjs';
import { flowResults, readReport, unitResults } from './testReports.mjs';
import { say, step } from './ui.mjs';
import { ensureWebBuilt, ensureWebTypes } from './webBuild.mjs';

/** `npm test -- [--unit | --e2e] [part of a file name ...]` */
export async function test(args) {
  const only = args.filter((arg) => arg === '--unit' || arg === '--e2e');
  const filters = args.filter((arg) => !only.includes(arg));
  const unit = !only.includes('--e2e') || only.includes('--unit');
  const flows = !only.includes('--unit') || only.includes('--e2e') ? flowFiles(filters) : [];
  await ensureInstalled();
  await ensureWebTypes();
  await prepareDatabase();
  await prepareRedis();

  const folder = createTestFolder();
  try {
    const runs = [];
    if (unit) runs.push(await runUnitTests(filters, folder));
    if (flows.length > 0) {
      await ensureWebBuilt();
      await prepareBrowser();
      runs.push(await runFlows(filters, folder));
    }
    return summarise(runs);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function flowFiles(filters) {
  const files = filesBelow(inRoot('e2e')).filter((file) => file.endsWith('.e2e.ts'));
  return filters.length === 0
    ? files
    : files.filter((file) => filters.some((filter) => file.includes(filter)));
}

async function prepareBrowser() {
  await step('Finding a browser', () => findBrowser());
}

/** What the tests are given of the environment. */
const environment = (folder) => ({ ...compileCache, ...process.env, TMPDIR: folder });

async function runUnitTests(filters, folder) {
  const results = path.join(folder, 'unit.json');
  const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const args = [vitest, 'run', '--passWithNoTests', ...reporters, ...filters];
  const code = await foreground(findNode24(), args, { env: environment(folder) });
  return { name: 'unit tests', code, ...unitResults(readReport(results)) };
}

async function runFlows(filters, folder) {
  const results = path.join(folder, 'flows.json');
  const playwright = inRoot('node_modules', '@playwright', 'test', 'cli.js');
  const env = { ...environment(folder), PLAYWRIGHT_JSON_OUTPUT_FILE: results };
  const args = [playwright, 'test', '--pass-with-no-tests', '--reporter=list,json', ...filters];
  const code = await foreground(findNode24(), args, { env });
  return { name: 'browser tests', code, ...flowResults(readReport(results)) };
}

function summarise(runs) {
  for (const run of runs) {
    for (const failure of run.failures) say(`Failed: ${failure}`);
    // A run that ended badly without a failed test (a crash, an unhandled rejection) must not look like success.
    if (run.code !== 0 && run.failed === 0) {
      say(
        `The ${run.name} ended with exit code ${run.code} although no test failed; this counts as one failure.`,
      );
      run.failed = 1;
    }
  }
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  const [passed, failed] = [sum('passed'), sum('failed')];
  if (passed + failed === 0) say('No test was run.');
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
