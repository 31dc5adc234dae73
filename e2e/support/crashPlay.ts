import { setTimeout as pause } from 'node:timers/promises';
import { inWords, seatBots } from './botCrowd.ts';
import type { BotCrowd, BotCrowdOptions, PlayCounts } from './botCrowd.ts';
import type { Kill } from './killPlan.ts';
import type { ServerProcess } from './serverProcess.ts';

export interface CrashPlayOptions extends Omit<BotCrowdOptions, 'url'> {
  readonly server: ServerProcess;
  /** One after the other. */
  readonly kills: readonly Kill[];
  readonly report: (line: string) => void;
}

function killNow(server: ServerProcess, { victim }: Kill): Promise<void> {
  switch (victim) {
    case 'server':
      return server.kill();
    case 'database':
      return server.killDatabase();
    case 'both':
      return server.killAll();
    default: {
      const unreachable: never = victim;
      return unreachable;
    }
  }
}

/** Waits for the moment and kills; afterwards nothing runs. */
async function kill(server: ServerProcess, crowd: BotCrowd, planned: Kill): Promise<void> {
  const { moment, afterMs } = planned;
  switch (moment) {
    case 'stop':
      return server.stopInVain(afterMs);
    case 'start':
      await server.kill();
      return server.startInVain(afterMs);
    case 'create':
    case 'open':
      await crowd.requested(moment);
      await pause(afterMs);
      return killNow(server, planned);
    case 'play':
      await pause(afterMs);
      return killNow(server, planned);
    default: {
      const unreachable: never = moment;
      return unreachable;
    }
  }
}

/**
 * Bots play while the server is killed again and again. After each restart, every event that any client has received is
 * compared with the log, commands are repeated, and every table must get on; at the end everyone goes back to every
 * session that was left. Throws on the first difference.
 */
export async function playThroughCrashes({
  server,
  kills,
  report,
  ...options
}: CrashPlayOptions): Promise<PlayCounts> {
  using crowd = await seatBots({ ...options, url: server.url });
  try {
    for (const [index, planned] of kills.entries()) {
      await crowd.frames(planned.afterFrames);
      await kill(server, crowd, planned);
      await server.start();
      await crowd.everyoneGoesOn();
      await crowd.audit();
      const kind = `${planned.victim}, ${planned.moment}`;
      const sum = `${inWords(crowd.counts())}, all in the log once`;
      report(`kill ${index + 1} of ${kills.length} (${kind}): ${sum}`);
    }
    await crowd.stop();
    await server.kill();
    await server.start();
    await crowd.auditAll();
  } catch (error) {
    report(`What the server said before:\n${server.lastWords}`);
    throw error;
  }
  return crowd.counts();
}
