import type { EvaluationDto } from '@dcs/api';

/** How a session came out, or why that cannot be said. */
export type Score = EvaluationDto['evaluation'];
