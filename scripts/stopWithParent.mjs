import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into the server by `npm start`: when the pipe on standard input closes, the program that started
 * the server is gone, and the server is asked to stop in the usual way instead of being left behind. Node preloads it into
 * the server's threads as well, whose standard input is at its end from the beginning.
 */
if (isMainThread) {
  process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
  process.stdin.on('error', () => undefined);
  process.stdin.resume();
  process.stdin.unref?.();
}
