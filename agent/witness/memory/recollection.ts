import type {
  SeenProcess,
  Testimony,
  WitnessedExit,
  WitnessedOom,
  WitnessedSignal,
} from '../../model/witnessed.ts';

/** What is remembered, each kind for itself, so that much of one does not push out another. */
const most = { signals: 600, ooms: 60, clients: 200, lost: 60 } as const;

/** An answer is one line of JSON, UTF-16 units: no more than the agent takes (agent/observe/witness/witness-client.ts). */
const mostToldUnits = 2 * 1024 * 1024;

/** One thing remembered, as it is kept on disk too. */
export type Recalled =
  | { kind: 'signal'; fact: WitnessedSignal }
  | { kind: 'oom'; fact: WitnessedOom }
  | { kind: 'client'; fact: WitnessedExit }
  | { kind: 'lost'; fact: Testimony['lost'][number] };

const isOf = (pids: ReadonlySet<number>, { pid, ancestry }: SeenProcess): boolean =>
  pids.has(pid) || ancestry.some((ancestor) => pids.has(ancestor.pid));

/** Puts in the last place and takes away from the first. @returns what had to go */
const push = <T>(list: T[], entry: T, limit: number): T | undefined => {
  list.push(entry);
  return list.length > limit ? list.shift() : undefined;
};

/** The newest that fit into one answer, and when the newest was that does not. */
const newestFitting = (signals: readonly WitnessedSignal[], units = mostToldUnits) => {
  let room = units;
  const first = signals.findLastIndex((signal) => {
    room -= JSON.stringify(signal).length;
    return room < 0;
  });
  return { told: signals.slice(first + 1), cutAt: signals[first]?.at ?? 0 };
};

/**
 * The evidence in memory: bounded.
 * @param since when the kernel began to record, ms since the epoch
 */
export const createRecollection = (since: number) => {
  const signals: WitnessedSignal[] = [];
  const ooms: WitnessedOom[] = [];
  const clients: WitnessedExit[] = [];
  const lost: Testimony['lost'] = [];
  let completeSince = since;
  const count = { signals: 0, lost: 0 };

  const remember = ({ kind, fact }: Recalled): void => {
    if (kind === 'signal') {
      count.signals += 1;
      const gone = push(signals, fact, most.signals);
      if (gone) completeSince = Math.max(completeSince, gone.at);
    } else if (kind === 'oom') push(ooms, fact, most.ooms);
    else if (kind === 'client') push(clients, fact, most.clients);
    else {
      count.lost += fact.count;
      push(lost, fact, most.lost);
    }
  };

  return {
    remember,
    testify(pids: readonly number[], from: number, until: number): Omit<Testimony, 'method'> {
      const asked = new Set(pids);
      const within = ({ at }: { at: number }): boolean => at >= from && at <= until;
      const { told, cutAt } = newestFitting(
        signals.filter((signal) => within(signal) && isOf(asked, signal.victim)),
      );
      return {
        since: Math.max(completeSince, cutAt),
        lost: lost.filter(within),
        signals: told,
        ooms: ooms.filter(within),
        clients: clients.filter(within),
      };
    },
    /** What was sent until then may be missing. */
    blindUntil(at: number): void {
      completeSince = Math.max(completeSince, at);
    },
    since: () => completeSince,
    count: () => ({ ...count }),
  };
};

export type Recollection = ReturnType<typeof createRecollection>;
