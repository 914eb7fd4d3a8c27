import { createSight, lookAlong, type Sight } from '../process/sight.ts';
import { type MarkedVictim, parseMarkVictim } from '../trace/parse/mark-victim.ts';
import type { TraceRecord } from '../trace/parse/record.ts';
import { parseSignalGenerate, type SignalGenerated } from '../trace/parse/signal-generate.ts';
import { createRepeats } from './repeats.ts';

/** So many processes are looked at for one piece of what came: somebody may send thousands of signals. */
const mostLooks = 64;

/** What happened, and what /proc showed of those it happened to at that moment. */
export type Noticed = { record: TraceRecord; sight: Sight } & (
  | { kind: 'signal'; fields: SignalGenerated }
  | { kind: 'oom'; fields: MarkedVictim }
);

/** Whatever else is told of a signal, whoever sends it may change from one to the next. */
const keyOf = (sender: number, { pid, signal }: SignalGenerated): string =>
  `${sender} ${pid} ${signal}`;

/** `SI_TIMER` of a thread to itself: profilers do so hundreds of times a second (timer_create(2)). */
const isOwnTimer = (tid: number, { code, pid }: SignalGenerated): boolean =>
  code === -2 && pid === tid;

/** Looks at once at who is there: a killer lives for a millisecond. */
export const createNoticing = () => {
  let noticed: Noticed[] = [];
  let sight = createSight();
  let inPiece = 0;
  const repeats = createRepeats();

  const put = (one: Noticed): void => {
    noticed.push(one);
    inPiece += 1;
  };

  const look = (pid: number, at: number): void => {
    if (inPiece <= mostLooks) lookAlong(sight, pid, at);
  };

  const noticeSignal = (record: TraceRecord): void => {
    const { at, tid } = record;
    const fields = parseSignalGenerate(record.text);
    if (!fields || isOwnTimer(tid, fields)) return;
    if (repeats.isOneTooMany(keyOf(tid, fields), at)) return;
    put({ kind: 'signal', record, fields, sight });
    look(tid, at);
    look(fields.pid, at);
  };

  const noticeOom = (record: TraceRecord): void => {
    const fields = parseMarkVictim(record.text);
    if (!fields) return;
    put({ kind: 'oom', record, fields, sight });
    look(fields.pid, record.at);
  };

  return {
    notice: (record: TraceRecord): void =>
      record.event === 'signal_generate' ? noticeSignal(record) : noticeOom(record),
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
