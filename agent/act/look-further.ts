import type { Case } from '../explain/gather.ts';
import { systemUnit, systemUnits, unitOfSocket } from '../explain/unit.ts';
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
  /** Where the clients of a server find it. */
  socketOf(server: string): string | undefined;
  now(): number;
}

/** A witness that is busy, as on a machine that is, is given so long, ms. */
const patienceMs = 5000;

/** What came before an end, ms. */
const beforeMs = 60_000;

/** Of the victims also what is above: what is stopped there takes them along. */
const unitsIn = ({ testimony }: Heard): string[] =>
  (testimony?.signals ?? []).flatMap(({ sender, victim }) =>
    [...systemUnits(victim.cgroup), systemUnit(sender.cgroup) ?? []].flat(),
  );

/** Asks everybody: the witness once more, where it did not answer in time, and what others wrote down. */
export const createLookingFurther =
  ({ hear, inquire, socketOf, now }: Ports) =>
  async (found: Case, heard: Heard): Promise<Further> => {
    const again = heard.untold === undefined ? heard : await hear(found, patienceMs);
    const { deaths } = found;
    const since = Math.min(...deaths.map((death) => Math.min(death.lastSeen, death.found)));
    const own = deaths.flatMap(({ server }) => unitOfSocket(socketOf(server)) ?? []);
    const units = [...new Set([...own, ...unitsIn(again)])];
    const answers = await inquire(
      { since: since - beforeMs, until: now() },
      { units, pids: deaths.flatMap(({ panes }) => panes.map(({ pid }) => pid)) },
    );
    return {
      ...again,
      facts: answers.flatMap(({ facts }) => facts).sort((a, b) => a.at - b.at),
      unread: answers.flatMap(({ source, missing }) => (missing ? [`${source}: ${missing}`] : [])),
    };
  };
