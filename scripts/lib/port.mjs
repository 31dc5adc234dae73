import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { inRoot } from './paths.mjs';
import { Problem } from './ui.mjs';

/** A value of the optional .env file; only what this program needs itself, Node reads the file for the server. */
function fromEnvFile(name) {
  const file = inRoot('.env');
  if (!existsSync(file)) return undefined;
  const line = new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=\\s*["']?([^"'#\\s]*)`, 'm').exec(
    readFileSync(file, 'utf8'),
  );
  return line?.[1];
}

function option(args, name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return undefined;
  return args[at].includes('=') ? args[at].slice(name.length + 1) : args[at + 1];
}

/** Where the server is going to listen: its options, then the environment, then .env, then the defaults. */
export function listenAddress(args, env = process.env) {
  return {
    host: option(args, '--host') || env.HOST || fromEnvFile('HOST') || '127.0.0.1',
    port: Number(option(args, '--port') || env.PORT || fromEnvFile('PORT') || 5173),
  };
}

/** Throws a Problem when something else listens on the port; anything odd is left to the server to name. */
export async function assertPortFree({ host, port }) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const code = await listenError(host, port);
  if (code === 'EADDRINUSE') {
    const running = await isDcs(host, port);
    throw new Problem(
      (running
        ? `DCS is already running at http://localhost:${port}. Use that one, or start a second one on another port and folder:`
        : `Port ${port} is taken by another program. Choose another port:`) +
        `\n\n  PORT=${port + 1} ${running ? 'DATA_DIR=./data2 ' : ''}npm start`,
    );
  }
  if (code === 'EACCES') {
    throw new Problem(`Port ${port} needs special rights. Choose one above 1023:\n\n  PORT=5173 npm start`);
  }
}

function listenError(host, port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', (error) => resolve(error.code));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}

function isDcs(host, port) {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return new Promise((resolve) => {
    const request = http.get({ host: reachable, port, path: '/healthz', timeout: 1000 }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body = (body + chunk).slice(0, 2000)));
      response.on('end', () =>
        resolve(/"status":\s*"ok"/.test(body) && /"activeSessions"|"version"/.test(body)),
      );
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
