import { askWords } from '../../explain/asked/ask-words.ts';
import type { Case } from '../../explain/gather.ts';
import { minuteBeforeMs } from '../../explain/minute-before.ts';
import { systemUnit, systemUnits, unitOfSocket } from '../../explain/unit.ts';
import type { AskedServer } from '../../model/asked-server.ts';
import type { SourceFact } from '../../model/source-fact.ts';
import type { WitnessedCommand } from '../../model/witnessed.ts';
import type { Heard } from './hear-witness.ts';

/** What is known of an incident when nobody is in a hurry. */
export interface Further extends Heard {
  facts: SourceFact[];
  unread: string[];
  commands?: WitnessedCommand[];
}

const serversOf = ({ deaths, serverEnd }: Case): AskedServer[] => {
  const byServer = Map.groupBy(
    deaths.filter(({ unit }) => !unit),
    ({ server, instance }) => `${server} ${instance.pid}/${instance.startTime}`,
  );
  const ended = serverEnd !== null;
  return [...byServer.values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const { server, instance } = first;
    return { server, instance, sessions: some.map(({ tmuxId }) => tmuxId), ended };
  });
};

interface Ports {
  hear(found: Case, withinMs: number): Promise<Heard>;
  /** Asks all other sources of evidence. Never rejects, and takes a bounded time. */
  inquire(
    span: { since: number; until: number },
    about: { units: string[]; servers: AskedServer[] },
  ): Promise<{ source: string; facts: SourceFact[]; missing: string | null }[]>;
  /** Programs that began then with one of these words for an argument. Never rejects. */
  commandsNaming(
    question: { naming: string[]; since: number; until: number },
    withinMs: number,
  ): Promise<WitnessedCommand[]>;
  /** The witness was there before: it is being started again, and the kernel keeps what happens meanwhile. */
  mayReturn(): boolean;
  pause(ms: number): Promise<unknown>;
  nameOf(uid: number): string;
  /** Where the clients of a server find it. */
  socketOf(server: string): string | undefined;
  now(): number;
}

/** A witness that is busy, as on a machine that is, is given so long, ms. */
const patienceMs = 5000;

/** How often one that was there before is asked, `patienceMs` apart. */
const mostTries = 4;

/** Of the victims also what is above: what is stopped there takes them along. */
const unitsIn = ({ testimony }: Heard): string[] =>
  (testimony?.signals ?? []).flatMap(({ sender, victim }) =>
    [...systemUnits(victim.cgroup), systemUnit(sender.cgroup) ?? []].flat(),
  );

/** The witness answered, and had read all of the time in which they ended. */
const isHeardOut = ({ deaths }: Case, { untold, testimony }: Heard): boolean =>
  untold === undefined && deaths.every(({ found }) => found <= (testimony?.readUntil ?? found));

const hearOut = async (
  { hear, mayReturn, pause }: Pick<Ports, 'hear' | 'mayReturn' | 'pause'>,
  found: Case,
): Promise<Heard> => {
  let heard = await hear(found, patienceMs);
  for (let tries = 1; tries < mostTries && mayReturn() && !isHeardOut(found, heard); tries += 1) {
    await pause(patienceMs);
    heard = await hear(found, patienceMs);
  }
  return heard;
};

const namesOf = (
  commands: readonly WitnessedCommand[],
  nameOf: Ports['nameOf'],
): Record<number, string> =>
  Object.fromEntries(
    commands.flatMap(({ process: { uid } }) => (uid === null ? [] : [[uid, nameOf(uid)]])),
  );

/** Asks everybody: the witness once more, where it did not answer in time or had not read everything, and what others wrote down. */
export const createLookingFurther =
  ({ inquire, commandsNaming, socketOf, now, nameOf, ...ports }: Ports) =>
  async (found: Case, heard: Heard): Promise<Further> => {
    const again = isHeardOut(found, heard) ? heard : await hearOut(ports, found);
    const { deaths } = found;
    const since = Math.min(...deaths.map((death) => Math.min(death.lastSeen, death.found)));
    const own = deaths.flatMap(
      ({ server, unit }) => unit?.name ?? unitOfSocket(socketOf(server)) ?? [],
    );
    const units = [...new Set([...own, ...unitsIn(again)])];
    const about = { units, servers: serversOf(found) };
    const span = { since: since - minuteBeforeMs, until: now() };
    const naming = askWords(units, again.userNames);
    const [answers, commands] = await Promise.all([
      inquire(span, about),
      commandsNaming({ naming, ...span }, patienceMs),
    ]);
    return {
      ...{ ...again, commands, userNames: { ...namesOf(commands, nameOf), ...again.userNames } },
      facts: answers.flatMap(({ facts }) => facts).sort((a, b) => a.at - b.at),
      unread: answers.flatMap(({ source, missing }) => (missing ? [`${source}: ${missing}`] : [])),
    };
  };
