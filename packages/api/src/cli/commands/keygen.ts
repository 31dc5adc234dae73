import { newAccessKey } from '../../security/index.ts';
import { EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';

/** `dcs admin keygen`: a well-formed key that is kept nowhere and opens nothing until somebody stores it. */
export function keygen(io: CliIo, { json }: { readonly json?: boolean }): ExitCode {
  const accessKey = newAccessKey();
  if (json) io.json({ accessKey });
  else io.line(accessKey);
  return EXIT.ok;
}
