import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './paths.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Under "npm start" one Ctrl-C arrives twice, from the terminal and from npm; who means it presses again later. */
const SAME_PRESS_MS = 500;

/** Exit code a shell would report. */
const exitCodeOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Runs a command and keeps what it prints.
 * @returns {Promise<{ code: number, output: string, error: (Error & { code?: string }) | null }>}
 */
export function capture(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: 127, output, error }));
    child.once('close', (code, signal) => resolve({ code: exitCodeOf(code, signal), output, error: null }));
  });
}

/** Runs a command in the foreground, passes signals on to it, and resolves with its exit code. */
export function foreground(command, args, { cwd = root, env = process.env } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child as well; passed on, it would arrive twice and mean "at once".
  return settle(child, (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}

/**
 * Runs the server. It gets a process group of its own, so that Ctrl-C in a terminal reaches it exactly once,
 * through here; a second signal ends it at once. Its standard input is a pipe held open by this process:
 * `stopWithParent.mjs` watches it, so that even a kill -9 of this process stops the server cleanly.
 */
export function server(command, args, { cwd = root, env = process.env } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ['pipe', 'inherit', 'inherit'], detached: true });
  child.stdin.on('error', () => undefined);
  let askedAt;
  return settle(child, (signal) => {
    const now = performance.now();
    if (askedAt === undefined) child.kill(signal);
    else if (now - askedAt > SAME_PRESS_MS) child.kill('SIGKILL');
    askedAt ??= now;
  });
}

/** npm killed outright passes no signal on; its disappearance is then the only sign that we should stop. */
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && onGone(), 1000).unref();
}

function settle(child, onSignal) {
  return new Promise((resolve, reject) => {
    for (const signal of SIGNALS) process.on(signal, onSignal);
    const watch = watchNpm(() => {
      clearInterval(watch);
      onSignal('SIGTERM');
    });
    const done = () => {
      clearInterval(watch);
      SIGNALS.forEach((signal) => process.off(signal, onSignal));
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      done();
      resolve(exitCodeOf(code, signal));
    });
  });
}
