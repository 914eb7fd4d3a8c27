import type { MemoryCount } from '../../explain/evidence.ts';
import { explain } from '../../explain/explain.ts';
import { concludesAlike, mayBeKnownBetter, saysMore } from '../../explain/further.ts';
import { type Background, type Case, gather } from '../../explain/gather.ts';
import type { NewEvent } from '../../model/event.ts';
import type { Recurrence, Verdict } from '../../model/events/incident.ts';
import type { Incident } from '../../model/state.ts';
import { createPace } from '../pace.ts';
import { createCases } from './cases.ts';
import type { Heard } from './hear-witness.ts';
import type { Further } from './look-further.ts';

interface Desk extends Background {
  /** Kills for want of memory as the kernel counts them now; null: it does not say. */
  countMemory?: () => MemoryCount | null;
  record(events: readonly NewEvent[], trace: string): void;
  now(): number;
  /** What others saw of it. Never rejects, and takes a bounded time. */
  ask?(found: Case): Promise<Heard>;
  /** The same with patience, and asking everybody. */
  lookFurther?(found: Case, heard: Heard): Promise<Further>;
  /** How the same came about before an incident. Never rejects, and takes a bounded time. */
  recall?(incident: Incident): Promise<Recurrence | null>;
}

/**
 * A verdict that needs no more evidence is looked around for all the same, for logins and packages; not for each death of a
 * session that crashes again and again. ms
 */
const aroundEveryMs = 60_000;

/** @param isStale another conclusion will be of more, or none is wanted any more */
const createJudging = (desk: Desk, isStale: (incident: string) => boolean) => {
  const isDue = createPace(aroundEveryMs, desk.now);

  const judge = (server: string, found: Case, known: Heard): Verdict =>
    explain(gather(server, found, { ...desk, ...known }));

  /** What says the same as the verdict before it is kept, and is no news. */
  const tell = async (known: Incident, verdict: Verdict): Promise<void> => {
    const { incident, trace } = known;
    const recurrence = desk.recall ? await desk.recall({ ...known, verdict }) : null;
    const before = desk.state().incidents[incident]?.verdict;
    if (before === undefined || isStale(incident)) return;
    const confirms = before !== null && concludesAlike(verdict, before);
    const data = {
      ...{ incident, verdict },
      ...(confirms ? { confirms } : {}),
      ...(recurrence ? { recurrence } : {}),
    };
    desk.record([{ at: desk.now(), type: 'verdict.reached', data }], trace);
  };

  const reconsider = async (
    known: Incident,
    found: Case,
    heard: Heard,
    first: Verdict,
  ): Promise<void> => {
    const further = await desk.lookFurther?.(found, heard);
    if (!further || isStale(known.incident)) return;
    const judged = judge(known.server, found, further);
    const second = mayBeKnownBetter(first) ? judged : { ...first, preceded: judged.preceded ?? [] };
    if (saysMore(second, first)) await tell(known, second);
  };

  return async (known: Incident, found: Case, heard: Heard): Promise<void> => {
    const verdict = judge(known.server, found, heard);
    await tell(known, verdict);
    if (mayBeKnownBetter(verdict) || isDue()) await reconsider(known, found, heard, verdict);
  };
};

/** Waits for late evidence of each incident, has it explained, and records the verdict. */
export const createVerdicts = (desk: Desk) => {
  let closed = false;
  const isStale = (incident: string): boolean => closed || cases.isOpen(incident);
  const conclude = createJudging(desk, isStale);

  const heard = (incident: string, found: Case, what: Heard): void => {
    if (isStale(incident)) return;
    // Also of what is forgotten by now: there is no verdict that comes later.
    cases.concluded(incident);
    const known = desk.state().incidents[incident];
    if (known) void conclude(known, found, what);
  };

  const cases = createCases(
    desk.state,
    (incident, found) => {
      if (desk.ask) void desk.ask(found).then((what) => heard(incident, found, what));
      else heard(incident, found, {});
    },
    desk.countMemory,
  );

  return {
    /** Also of what the agent was stopped before explaining. */
    take: cases.take,
    close(): void {
      closed = true;
      cases.close();
    },
  };
};
