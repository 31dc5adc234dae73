import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { envFileOptions, findNode24 } from './node24.mjs';
import { exists, inRoot, root, serverEntry } from './paths.mjs';
import { assertPortFree, listenAddress } from './port.mjs';
import { ensureWebBuilt } from './webBuild.mjs';

/** `npm run dev`: the server restarts and the page is rebuilt whenever a source changes. */
export async function dev(args) {
  await assertPortFree(listenAddress(args));
  await ensureInstalled();
  await ensureWebBuilt();
  const node = findNode24();
  const env = { NODE_ENV: 'development', ...process.env };
  const start = (nodeArgs, cwd) => spawn(node, nodeArgs, { cwd, env, stdio: 'inherit' });
  const children = [start(['--watch', ...envFileOptions(), serverEntry, 'server', ...args], root)];
  if (exists('packages', 'web', 'vite.config.ts')) {
    const web = inRoot('packages', 'web');
    children.push(start([path.join(web, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--watch'], web));
  }
  return untilOneEnds(children);
}

function untilOneEnds(children) {
  const endAll = (signal) => children.forEach((child) => child.kill(signal));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => endAll(signal));
  const codes = children.map(
    (child) =>
      new Promise((resolve) => {
        child.once('exit', (code) => {
          endAll('SIGTERM');
          resolve(code ?? 0);
        });
      }),
  );
  return Promise.all(codes).then((all) => Math.max(...all));
}
