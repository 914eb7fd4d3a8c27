import { createSight, lookAlong, type Sight } from '../process/sight.ts';
import { type MarkedVictim, parseMarkVictim } from '../trace/parse/mark-victim.ts';
import type { TraceRecord } from '../trace/parse/record.ts';
import { parseSignalGenerate, type SignalGenerated } from '../trace/parse/signal-generate.ts';
import { createRepeats } from './repeats.ts';

/** So many processes are looked at for one piece of what came: somebody may send thousands of signals. */
const mostLooks = 64;

type Happened = { kind: 'signal'; fields: SignalGenerated } | { kind: 'oom'; fields: MarkedVictim };

/** What happened, and what /proc showed of those it happened to at that moment. */
export type Noticed = { record: TraceRecord; sight: Sight } & Happened;

interface Told {
  happened: Happened;
  /** Who is looked at. */
  pids: readonly number[];
  /** The same for all of a flood; null: of these there are none. */
  key: string | null;
}

/** Whatever else is told of a signal, whoever sends it may change from one to the next. */
const keyOf = (sender: number, { pid, signal }: SignalGenerated): string =>
  `${sender} ${pid} ${signal}`;

/** `SI_TIMER` of a thread to itself: profilers do so hundreds of times a second (timer_create(2)). */
const isOwnTimer = (tid: number, { code, pid }: SignalGenerated): boolean =>
  code === -2 && pid === tid;

/** The C library has threads of one process do things by these (nptl(7)). */
const isOfLibrary = ({ signal, code }: SignalGenerated): boolean =>
  (signal === 32 || signal === 33) && code === -6;

/** Anybody may send the same: it is the library's where both are threads of one process. */
const isAmongThreads = ({ record, sight, ...happened }: Noticed): boolean => {
  if (happened.kind !== 'signal' || !isOfLibrary(happened.fields)) return false;
  const [from, to] = [record.tid, happened.fields.pid].map((tid) => sight(tid, record.at)?.pid);
  return from != null && from === to;
};

const readSignal = ({ tid, text }: TraceRecord): Told | null => {
  const fields = parseSignalGenerate(text);
  if (!fields || isOwnTimer(tid, fields)) return null;
  const happened: Happened = { kind: 'signal', fields };
  return { happened, pids: [tid, fields.pid], key: keyOf(tid, fields) };
};

const readOom = ({ text }: TraceRecord): Told | null => {
  const fields = parseMarkVictim(text);
  return fields && { happened: { kind: 'oom', fields }, pids: [fields.pid], key: null };
};

/** By the names of `tracedSignals`; null: nothing to remember. */
export const noticedEvents: ReadonlyMap<string, (record: TraceRecord) => Told | null> = new Map([
  ['signal_generate', readSignal],
  ['mark_victim', readOom],
]);

/** Looks at once at who is there: a killer lives for a millisecond. */
export const createNoticing = () => {
  let noticed: Noticed[] = [];
  let sight = createSight();
  let inPiece = 0;
  const repeats = createRepeats();

  const look = (pid: number, at: number): void => {
    if (inPiece <= mostLooks) lookAlong(sight, pid, at);
  };

  return {
    notice(record: TraceRecord): void {
      const told = noticedEvents.get(record.event)?.(record);
      if (!told) return;
      const { happened, pids, key } = told;
      if (key !== null && repeats.isOneTooMany(key, record.at)) return;
      inPiece += 1;
      for (const pid of pids) look(pid, record.at);
      const one: Noticed = { ...happened, record, sight };
      if (!isAmongThreads(one)) noticed.push(one);
    },
    /** What follows is looked at afresh: it came later. */
    endPiece(): void {
      sight = createSight();
      inPiece = 0;
    },
    waiting: () => noticed.length,
    /** All that was noticed since this was asked last. */
    take(): Noticed[] {
      const taken = noticed;
      noticed = [];
      return taken;
    },
  };
};
