import type { AskModelsPorts } from './askModels.ts';
import type { CreateAdminPorts } from './commands/createAdmin.ts';
import type { ModelsPorts } from './commands/models.ts';
import type { ReplayPorts } from './commands/replay.ts';
import type { TextStreams } from './io.ts';
import type { ServingPorts } from './serving.ts';

/** Everything outside the command line: `main.ts` passes the real one, tests what they need. */
export interface CliWorld
  extends TextStreams, AskModelsPorts, CreateAdminPorts, ModelsPorts, ReplayPorts, ServingPorts {}
