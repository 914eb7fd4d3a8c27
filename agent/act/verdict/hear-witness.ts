import type { Background, Case } from '../../explain/gather.ts';
import { minuteBeforeMs } from '../../explain/minute-before.ts';
import type { SeenProcess, Testimony } from '../../model/witnessed.ts';
import { maxPids } from '../../protocol/witness.ts';

/** What the witness said about an incident. */
export type Heard = Pick<Background, 'testimony' | 'earlier' | 'untold' | 'userNames'>;

interface Ports {
  now(): number;
  /** Never rejects. */
  testify(
    question: { pids: number[]; since: number; until: number },
    withinMs?: number,
  ): Promise<{ testimony: Testimony } | { untold: string }>;
  nameOf(uid: number): string;
}

/** A program may take so long to end after a signal that it handles, ms. */
const endingMs = 15_000;

const partOf = (all: Testimony, isWanted: (told: { at: number }) => boolean): Testimony => ({
  ...all,
  signals: all.signals.filter(isWanted),
  clients: all.clients.filter(isWanted),
  ooms: all.ooms.filter(isWanted),
  lost: all.lost.filter(isWanted),
});

const usersIn = ({ signals, clients }: Testimony): Set<number> => {
  const people: SeenProcess[] = [
    ...signals.flatMap(({ sender, victim }) => [sender, victim]),
    ...clients.map(({ process }) => process),
  ];
  return new Set(
    people.flatMap(({ uid, loginUid }) => [uid, loginUid]).filter((uid) => uid !== null),
  );
};

/**
 * Asks the witness about the panes that died and the server they were on.
 * @param withinMs default: what a verdict can wait
 */
export const createHearing =
  ({ now, testify, nameOf }: Ports) =>
  async ({ deaths }: Case, withinMs?: number): Promise<Heard> => {
    if (deaths.length === 0) return {};
    const pids = deaths.flatMap(({ instance, panes, unit }) => [
      ...(unit ? [] : [instance.pid]),
      ...panes.map((p) => p.pid),
    ]);
    const found = deaths.map((death) => Math.min(death.lastSeen, death.found));
    const seen = Math.min(...found);
    const question = {
      pids: [...new Set(pids)].slice(0, maxPids),
      since: seen - minuteBeforeMs,
      until: now(),
    };
    const told = await testify(question, withinMs);
    if ('untold' in told) return told;
    const { testimony } = told;
    const names = [...usersIn(testimony)].map((uid) => [uid, nameOf(uid)]);
    const from = seen - endingMs;
    return {
      testimony: partOf(testimony, ({ at }) => at >= from),
      earlier: partOf(testimony, ({ at }) => at < from),
      userNames: Object.fromEntries(names),
    };
  };
