import type { AdminService } from './adminService.ts';
import type { AuditService } from './auditService.ts';
import type { BranchService } from './branchService.ts';
import type { CatalogService } from './catalogService.ts';
import type { CharacterService } from './characterService.ts';
import type { EvaluationService } from './evaluationService.ts';
import type { FeedbackService } from './feedbackService.ts';
import type { ExperimentAdminService } from './experiments/experimentAdminService.ts';
import type { ExperimentExports } from './experiments/experimentExports.ts';
import type { ExperimentService } from './experiments/experimentService.ts';
import type { HistoryService } from './historyService.ts';
import type { KeyRing } from './keyRing.ts';
import type { ModelService } from './modelService.ts';
import type { PlayerAdminService } from './playerAdminService.ts';
import type { PlayerService } from './playerService.ts';
import type { PlayService } from './playService.ts';
import type { ReplayService } from './replayService.ts';
import type { ServerService } from './serverService.ts';
import type { SessionAdminService } from './sessionAdminService.ts';
import type { SessionService } from './sessionService.ts';

/** Everything that procedures call. */
export interface Services {
  readonly server: ServerService;
  readonly keys: KeyRing;
  readonly players: PlayerService;
  readonly catalog: CatalogService;
  readonly characters: CharacterService;
  readonly play: PlayService;
  readonly sessions: SessionService;
  readonly feedback: FeedbackService;
  readonly evaluations: EvaluationService;
  readonly experiments: ExperimentService;
  readonly experimentAdmin: ExperimentAdminService;
  readonly experimentExports: ExperimentExports;
  readonly history: HistoryService;
  readonly replay: ReplayService;
  readonly branches: BranchService;
  readonly admin: AdminService;
  readonly sessionAdmin: SessionAdminService;
  readonly audit: AuditService;
  readonly playerAdmin: PlayerAdminService;
  readonly models: ModelService;
}
