import type { NotifierEvent } from '../../../../agent/protocol/notifier.ts';
import type { Memory } from '../memory.ts';
import type { Asked } from '../polling/update.ts';
import { createStrangers } from './strangers.ts';

export interface RefusalsPorts {
  memory: Memory;
  now(): number;
  record(events: NotifierEvent[]): void;
}

/** Strangers who are told nothing: each is counted, over all runs, and some are recorded. */
export interface Refusals {
  /** @param what was wanted, without the words of who asked */
  add(asked: Asked, what: string): void;
  readonly count: number;
}

const strangersKey = 'strangers';
/** Strangers are not to keep the disk busy. */
const keepEveryMs = 60_000;

export const createRefusals = ({ memory, now, record }: RefusalsPorts): Refusals => {
  const strangers = createStrangers(now, Number(memory.get(strangersKey) ?? 0));
  let keptAt = Number.NEGATIVE_INFINITY;

  const keepCount = (): void => {
    if (now() - keptAt < keepEveryMs && now() >= keptAt) return;
    keptAt = now();
    memory.set(strangersKey, String(strangers.count));
  };

  return {
    add: ({ remote }, what) => {
      if (strangers.take(remote.user))
        record([{ at: now(), type: 'remote.refused', data: { remote, what } }]);
      keepCount();
    },
    get count() {
      return strangers.count;
    },
  };
};
