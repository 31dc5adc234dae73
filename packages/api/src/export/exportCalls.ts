import type { ExperimentCallPage, ModelCall, ModelCallStore } from '../store/ports.ts';
import { MODEL_CALLS_TABLE } from './tables/modelCalls.ts';
import { openTable } from './tableWriter.ts';
import type { WrittenTable } from './tableWriter.ts';
import type { ExportTarget } from './target.ts';

export interface CallExportPorts {
  readonly modelCalls: Pick<ModelCallStore, 'listByExperiment'>;
  /** The number of the last event that is exported, of each session that is. */
  readonly asOf: ReadonlyMap<string, number>;
}

const PAGE = 500;

async function* callsOf({ modelCalls }: CallExportPorts, experiment: string): AsyncGenerator<ModelCall> {
  for (let page: ExperimentCallPage = { limit: PAGE }; ;) {
    const found = await modelCalls.listByExperiment(experiment, page);
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < PAGE) return;
    page = { limit: PAGE, after: last };
  }
}

/** Writes the calls that were made for what is exported: none for a turn that began later. */
export async function exportCalls(
  ports: CallExportPorts,
  experiment: string,
  target: ExportTarget,
): Promise<WrittenTable> {
  const { asOf } = ports;
  const table = await openTable(target, MODEL_CALLS_TABLE);
  for await (const call of callsOf(ports, experiment)) {
    const { occasion } = call;
    const lastSeq = occasion === null ? undefined : asOf.get(occasion.sessionId);
    if (occasion !== null && lastSeq !== undefined && occasion.afterSeq <= lastSeq) await table.write(call);
  }
  return table.close();
}
