import type { Readable } from 'node:stream';
import type { ExportPlaceDto } from '../../experimentAdminDto.ts';
import { packExport } from '../../export/archive.ts';
import { ExportFailure } from '../../export/exportFailure.ts';
import type { ExportPorts } from '../../export/exportExperiment.ts';
import { stageExport, sweepStagedExports } from '../../export/stagedExport.ts';
import type { PersonalData } from '../../security/index.ts';
import type { AuditLog } from '../../store/ports.ts';
import { authorise } from '../authorise.ts';
import type { Principal } from '../authorise.ts';
import { unknownExperiment } from './decided.ts';
import type { ExperimentPlans } from './experimentPlans.ts';

export interface ExperimentExportsPorts extends ExportPorts {
  readonly plans: Pick<ExperimentPlans, 'nameOf'>;
  readonly personalData: PersonalData;
  readonly audit: AuditLog;
  readonly newId: () => string;
  /** What could not be cleared away; nobody waits for it. Never throws. */
  readonly onFault: (fault: unknown, experiment: string) => void;
}

export interface ExportOrder {
  readonly name: string;
  /** Whether it says who participants are. */
  readonly personal: boolean;
}

/** An export as one file. */
export interface PackedExport {
  /** Such as `pilot-study-2026-11-22.tar.gz`. */
  readonly fileName: string;
  /** Whoever asked has to read it, or destroy it: what it is read from is cleared away then. */
  readonly body: Readable;
}

/** The data of experiments, for administrators. Every export is in the audit log before the first byte of it is out. */
export interface ExperimentExports {
  /** Throws `experiment/not-found`, also for an experiment that was never started. */
  open(principal: Principal | null, order: ExportOrder): Promise<PackedExport>;
  /** Where `open` is to be had over HTTP. Throws as it does, but for an experiment that was never started. */
  placeOf(principal: Principal | null, order: ExportOrder): Promise<ExportPlaceDto>;
  /** Clears away what servers that were killed have left. Never rejects. */
  clearAway(): Promise<void>;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function createExperimentExports(ports: ExperimentExportsPorts): ExperimentExports {
  const { plans, personalData, audit, clock, onFault } = ports;

  async function stage(experiment: string, personal: boolean) {
    try {
      return await stageExport(ports, { experiment, personalData: personal ? personalData : null });
    } catch (fault) {
      throw fault instanceof ExportFailure ? unknownExperiment() : fault;
    }
  }

  return {
    clearAway: () =>
      // By the clock of the file system, whatever the server goes by.
      sweepStagedExports(Date.now()).catch((fault: unknown) => onFault(fault, '')),

    placeOf: async (principal, { name: asked, personal }) => {
      authorise(principal, 'admin.experiments', null);
      const name = await plans.nameOf(asked);
      if (name === null) throw unknownExperiment();
      return { path: `/exports/${name}${personal ? '?personal=yes' : ''}` };
    },

    open: async (principal, { name: asked, personal }) => {
      const admin = authorise(principal, 'admin.experiments', null);
      const name = await plans.nameOf(asked);
      if (name === null) throw unknownExperiment();
      const at = clock.now();
      await audit.append({
        auditId: ports.newId(),
        at,
        actorId: admin.playerId,
        action: 'experiment/exported',
        targetId: name,
        details: { personal },
      });
      const staged = await stage(name, personal);
      const stem = `${name}-${dayOf(at)}`;
      const body = packExport(staged.folder, stem);
      // Also when it is given up in the middle.
      body.once('close', () => {
        Promise.resolve(staged[Symbol.asyncDispose]()).catch((fault: unknown) => onFault(fault, name));
      });
      return { fileName: `${stem}.tar.gz`, body };
    },
  };
}
