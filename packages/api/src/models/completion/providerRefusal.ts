/** A provider will not answer, and says so with a status of HTTP: in the head of its answer or in the middle of it. */
export class ProviderRefusal extends Error {
  readonly status: number;
  /** Its `retry-after`, as it came. */
  readonly retryAfter: string | null;

  constructor(status: number, retryAfter: string | null) {
    super(`The provider answered with status ${status}.`);
    this.name = 'ProviderRefusal';
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
