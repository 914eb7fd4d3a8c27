import type { LogFailure } from '../model/failure.ts';
import type { Quarantined } from './log.ts';
import type { StorePaths } from './messages.ts';
import { type OpenStore, openOrRebuild, type Store } from './store.ts';

/** The store in use, which another takes the place of when its database proves damaged. */
export interface LiveStore {
  /** @throws LogFailure while it cannot be opened again */
  current(): Store;
  rebuild(damage: LogFailure): void;
  close(): void;
}

export const liveStore = (
  paths: StorePaths,
  first: Store,
  onQuarantined: (quarantined: Quarantined) => void,
): LiveStore => {
  let store: Store | null = first;
  const close = (): void => {
    store?.close();
    store = null;
  };
  const use = ({ store: next, opened }: OpenStore): Store => {
    store = next;
    if (opened.quarantined) onQuarantined(opened.quarantined);
    return next;
  };
  return {
    current: () => store ?? use(openOrRebuild(paths, Date.now())),
    rebuild(damage) {
      close();
      use(openOrRebuild(paths, Date.now(), damage));
    },
    close,
  };
};
