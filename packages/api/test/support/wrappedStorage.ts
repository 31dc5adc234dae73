import type { Storage } from '../../src/storage.ts';
import { StoreUnavailable } from '../../src/store/storeErrors.ts';
import type { Stores } from '../../src/store/ports.ts';

/** Calls `before` before every method; what it throws is the method's rejection. */
function guarded<Store extends object>(store: Store, before: () => void): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        before();
        return Reflect.apply(member, target, args);
      };
    },
  });
}

function guardedStores(stores: Stores, before: () => void): Stores {
  return new Proxy(stores, {
    get: (target, name) => {
      const store: unknown = Reflect.get(target, name);
      return typeof store === 'object' && store !== null ? guarded(store, before) : store;
    },
  });
}

/** A storage as one process sees it: when that process dies, what it had still wanted to write is not written. */
export interface ProcessStorage {
  readonly storage: Storage;
  readonly die: () => void;
}

/** The way of one process to a storage that outlives it: closing it closes nothing. */
export function storageOfProcess(lasting: Storage): ProcessStorage {
  let isDead = false;
  const assertAlive = (): void => {
    if (isDead) throw new StoreUnavailable(new Error('The process is dead.'));
  };
  return {
    storage: {
      ...lasting,
      stores: guardedStores(lasting.stores, assertAlive),
      close: () => Promise.resolve(),
    },
    die: () => {
      isDead = true;
    },
  };
}
