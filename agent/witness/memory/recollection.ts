import type {
  SeenProcess,
  Testimony,
  WitnessedExit,
  WitnessedOom,
  WitnessedSignal,
} from '../../model/witnessed.ts';
import { maxAnswer } from '../../protocol/witness.ts';

/** What is remembered, each kind for itself, so that much of one does not push out another. */
const most = { signals: 600, ooms: 60, clients: 200, lost: 60 } as const;

/** An answer is one line of JSON, UTF-16 units: together less than the agent takes (`maxAnswer`). */
const room = { signals: maxAnswer / 2, ooms: maxAnswer / 8, clients: maxAnswer / 4 } as const;

/** One thing remembered, as it is kept on disk too. */
export type Recalled =
  | { kind: 'signal'; fact: WitnessedSignal }
  | { kind: 'oom'; fact: WitnessedOom }
  | { kind: 'client'; fact: WitnessedExit }
  | { kind: 'lost'; fact: Testimony['lost'][number] };

/** Everything comes from the first process: asked about that one, only what was sent to itself counts. */
const isOf = (pids: ReadonlySet<number>, { pid, ancestry }: SeenProcess): boolean =>
  pids.has(pid) || ancestry.some((one) => one.pid > 1 && pids.has(one.pid));

/** Puts in the last place and takes away from the first. @returns what had to go */
const push = <T>(list: T[], entry: T, limit: number): T | undefined => {
  list.push(entry);
  return list.length > limit ? list.shift() : undefined;
};

/** The newest that fit, and when the newest was that does not. */
const newestFitting = <T extends { at: number }>(facts: readonly T[], units: number) => {
  let left = units;
  const first = facts.findLastIndex((fact) => {
    left -= JSON.stringify(fact).length + 1;
    return left < 0;
  });
  return { told: facts.slice(first + 1), cutAt: facts[first]?.at ?? 0 };
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
  // Anybody may end what looks like a client, so what they push out is their own kind alone.
  let clientsSince = since;
  const count = { signals: 0, lost: 0 };

  /** What is no longer known may be what is asked for. */
  const forget = (gone: { at: number } | undefined): void => {
    if (gone) completeSince = Math.max(completeSince, gone.at);
  };

  const remember = ({ kind, fact }: Recalled): void => {
    if (kind === 'signal') {
      count.signals += 1;
      forget(push(signals, fact, most.signals));
    } else if (kind === 'oom') forget(push(ooms, fact, most.ooms));
    else if (kind === 'client') {
      clientsSince = Math.max(clientsSince, push(clients, fact, most.clients)?.at ?? 0);
    } else {
      count.lost += fact.count;
      forget(push(lost, fact, most.lost));
    }
  };

  return {
    remember,
    testify(pids: readonly number[], from: number, until: number): Omit<Testimony, 'method'> {
      const asked = new Set(pids);
      const within = ({ at }: { at: number }): boolean => at >= from && at <= until;
      const ofThem = signals.filter((signal) => within(signal) && isOf(asked, signal.victim));
      const fitting = {
        signals: newestFitting(ofThem, room.signals),
        ooms: newestFitting(ooms.filter(within), room.ooms),
        clients: newestFitting(clients.filter(within), room.clients),
      };
      const { signals: ofSignals, ooms: ofOoms, clients: ofClients } = fitting;
      const complete = Math.max(completeSince, ofSignals.cutAt, ofOoms.cutAt);
      return {
        since: complete,
        clientsSince: Math.max(complete, clientsSince, ofClients.cutAt),
        lost: lost.filter(within),
        signals: ofSignals.told,
        ooms: ofOoms.told,
        clients: ofClients.told,
      };
    },
    /** What was sent until then may be missing. */
    blindUntil(at: number): void {
      completeSince = Math.max(completeSince, at);
    },
    /** Clients that ended until then may be missing. */
    blindToClientsUntil(at: number): void {
      clientsSince = Math.max(clientsSince, at);
    },
    since: () => completeSince,
    count: () => ({ ...count }),
  };
};

export type Recollection = ReturnType<typeof createRecollection>;
