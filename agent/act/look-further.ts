import type { Case } from '../explain/gather.ts';
import { unitOf } from '../explain/unit.ts';
import type { SourceFact } from '../model/findings.ts';
import type { Heard } from './hear-witness.ts';

/** What is known of an incident when nobody is in a hurry. */
export interface Further extends Heard {
  facts: SourceFact[];
  unread: string[];
}

interface Ports {
  hear(found: Case, withinMs: number): Promise<Heard>;
  /** Asks all other sources of evidence. Never rejects, and takes a bounded time. */
  inquire(
    span: { since: number; until: number },
    about: { units: string[]; pids: number[] },
  ): Promise<{ source: string; facts: SourceFact[]; missing: string | null }[]>;
  now(): number;
}

/** A witness that is busy, as on a machine that is, is given so long, ms. */
const patienceMs = 5000;

/** What came before an end, ms. */
const beforeMs = 60_000;

const unitsIn = ({ testimony }: Heard): string[] => {
  const people = testimony?.signals.flatMap(({ sender, victim }) => [sender, victim]) ?? [];
  const units = people.map(({ cgroup }) => unitOf(cgroup)).filter((unit) => unit !== null);
  return [...new Set(units)];
};

/** Asks everybody: the witness once more, where it did not answer in time, and what others wrote down. */
export const createLookingFurther =
  ({ hear, inquire, now }: Ports) =>
  async (found: Case, heard: Heard): Promise<Further> => {
    const again = heard.untold === undefined ? heard : await hear(found, patienceMs);
    const { deaths } = found;
    const since = Math.min(...deaths.map((death) => Math.min(death.lastSeen, death.found)));
    const answers = await inquire(
      { since: since - beforeMs, until: now() },
      { units: unitsIn(again), pids: deaths.flatMap(({ panes }) => panes.map(({ pid }) => pid)) },
    );
    return {
      ...again,
      facts: answers.flatMap(({ facts }) => facts).sort((a, b) => a.at - b.at),
      unread: answers.flatMap(({ source, missing }) => (missing ? [`${source}: ${missing}`] : [])),
    };
  };
