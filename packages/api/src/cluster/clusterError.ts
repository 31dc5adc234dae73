import { failure } from '@dcs/engine';

/** The other nodes cannot be reached. Nothing was done that cannot be repeated; the same call may be sent again. */
export class ClusterUnavailable extends Error {
  constructor(options?: { cause?: unknown }) {
    super('The other servers cannot be reached just now.', options);
    this.name = 'ClusterUnavailable';
  }
}

/** This node may not drive the session any longer. Nothing was written. */
export class LeaseLost extends Error {
  constructor(sessionId: string, options?: { cause?: unknown }) {
    super(`This server no longer drives session ${sessionId}.`, options);
    this.name = 'LeaseLost';
  }
}

/** What a player is told while nobody can be sure who drives their session. */
export const CLUSTER_UNAVAILABLE = failure(
  'cluster/unavailable',
  'This server has lost touch with the others. Nothing was lost; please try again in a moment.',
  true,
);
