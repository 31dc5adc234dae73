import { giveNext, select } from './deciding/choose.ts';
import { DONE } from './deciding/command.ts';
import type { ExperimentCommand, ExperimentDecision, RecordFact } from './deciding/command.ts';
import { recordAllDone } from './deciding/finishing.ts';
import { releaseLapsed } from './deciding/places.ts';
import { end, prepare, start } from './deciding/play.ts';
import { join, submitForms, withdraw } from './deciding/takePart.ts';
import type { ExperimentMoment } from './standing.ts';

/**
 * Turns a command into facts. What is recorded counts even where the command is refused: that somebody has lost a place
 * is so, whoever asked.
 */
export function decideExperiment(
  moment: ExperimentMoment,
  command: ExperimentCommand,
  record: RecordFact,
): ExperimentDecision {
  switch (command.type) {
    case 'join':
      return join(moment, command, record);
    case 'withdraw':
      return withdraw(moment, command, record);
    case 'submitForms':
      return submitForms(moment, command, record);
    case 'next':
      return giveNext(moment, command, record);
    case 'select':
      return select(moment, command, record);
    case 'prepare':
      return prepare(moment, command, record);
    case 'start':
      return start(moment, command, record);
    case 'end':
      return end(moment, command, record);
    case 'release':
      releaseLapsed(moment, record);
      return DONE;
    case 'pause':
      if (moment.state.run === 'paused') return DONE;
      recordAllDone(moment, record);
      record({ type: 'paused', by: command.by, reason: command.reason });
      return DONE;
    case 'resume':
      if (moment.state.run === 'paused') record({ type: 'resumed', by: command.by });
      return DONE;
    case 'revise':
      if (moment.state.revision !== command.revision) {
        record({ type: 'revised', revision: command.revision, by: command.by });
      }
      return DONE;
    default: {
      const unreachable: never = command;
      return unreachable;
    }
  }
}
