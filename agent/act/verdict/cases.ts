import type { MemoryCount } from '../../explain/evidence.ts';
import { lateEvidenceMs } from '../../explain/explain.ts';
import type { Case } from '../../explain/gather.ts';
import { currentIncident } from '../../explain/incident.ts';
import { deathIn } from '../../model/death-in.ts';
import type { Event, EventOf } from '../../model/event.ts';
import type { State } from '../../model/state.ts';

/** A case is kept so long after its verdict, for what comes later, ms. */
const keptMs = 10_000;

/**
 * Collects what comes in about each incident.
 * @param onRipe late evidence has had its time: the case can be heard
 * @param countMemory kills for want of memory as the kernel counts them now; null: it does not say
 */
export const createCases = (
  state: () => State,
  onRipe: (incident: string, found: Case) => void,
  countMemory: () => MemoryCount | null = () => null,
) => {
  const cases = new Map<string, Case>();
  const timers = new Map<string, NodeJS.Timeout>();

  const ripen = (incident: string): void => {
    timers.delete(incident);
    const found = cases.get(incident);
    if (found) onRipe(incident, found);
  };

  const caseOf = (incident: string): Case => {
    const found = cases.get(incident) ?? { deaths: [], serverEnd: null };
    cases.set(incident, found);
    if (!timers.has(incident)) timers.set(incident, setTimeout(ripen, lateEvidenceMs, incident));
    return found;
  };

  /**
   * The end of a server may come a moment after that of its sessions, and explains them; not where a program is
   * known to have ended by itself.
   */
  const serverEnded = ({ at, data }: EventOf<'server.died'>): void => {
    const incident = currentIncident(state(), data.server, at)?.incident;
    const found = incident === undefined ? undefined : cases.get(incident);
    if (incident === undefined || !found || found.deaths.some(({ exit }) => exit)) return;
    caseOf(incident).serverEnd = { at, how: data.how, text: data.text };
  };

  return {
    /** Takes up the deaths among events recorded together, or read back from the log. */
    take(events: readonly Event[]): void {
      const died = events.flatMap((event) => deathIn(event) ?? []);
      const memory = died.length > 0 ? countMemory() : null;
      for (const death of died) {
        const found = caseOf(death.incident);
        found.deaths.push(death);
        found.memory = memory;
      }
      for (const event of events) if (event.type === 'server.died') serverEnded(event);
    },
    /** More has come in: another conclusion will be of all of it. */
    isOpen: (incident: string): boolean => timers.has(incident),
    /** There is a verdict, or there will be none. */
    concluded(incident: string): void {
      setTimeout(() => timers.has(incident) || cases.delete(incident), keptMs).unref();
    },
    close(): void {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
};
