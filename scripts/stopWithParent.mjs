/**
 * Preloaded into the server by `npm start`: when the pipe on standard input closes, the program that started
 * the server is gone, and the server is asked to stop in the usual way instead of being left behind.
 */
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.on('error', () => undefined);
process.stdin.resume();
process.stdin.unref?.();
