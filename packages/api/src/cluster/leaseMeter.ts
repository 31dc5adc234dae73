/** What can happen to the right of this server to drive a session. */
export type LeaseChange = 'acquired' | 'lost' | 'released' | 'takenOver';

/** Told of every change of a lease; never throws. */
export interface LeaseMeter {
  lease(change: LeaseChange): void;
}
