/** The database cannot be reached or did not confirm a write, whose outcome is then unknown. `cause` says why. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super('The database cannot be reached.', { cause });
    this.name = 'StoreUnavailable';
  }
}

/** Something new has an identity that something else already has. */
export class DuplicateRecord extends Error {
  constructor(noun: string, identity: string, options?: { cause?: unknown }) {
    super(`There already is another ${noun} ${identity}.`, options);
    this.name = 'DuplicateRecord';
  }
}
