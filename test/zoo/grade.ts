import type { Verdict } from '../../agent/model/events/incident.ts';
import type { Expected, ExpectedDeath, Killer } from './way.ts';

/** What Holdfast said in the end. */
export interface Said {
  /** On the first incident that names a victim; null: there was none. */
  verdict: Verdict | null;
  /** How many incidents name one of the sessions. */
  incidents: number;
  /** Sessions whose end was called meant, each with the reason. */
  meant: readonly string[];
}

export type Mark = 'right' | 'wrong' | 'unknown';

export interface Grade {
  /** Of the whole verdict. `unknown`: it says that it does not know the cause, and nothing that is wrong. */
  mark: Mark;
  cause: Mark;
  scopeRight: boolean;
  /** `none`: nobody did it, and nobody was named. */
  killer: 'named' | 'not named' | 'wrong' | 'none';
  /** Something of it is wrong, and it was not called a mere possibility. */
  confidentlyWrong: boolean;
  /** What is wrong, and what a killer that was not named lacks. */
  faults: string[];
}

type Actor = NonNullable<Verdict['actor']>;

/** Why `actor` is not `killer` fully; empty: he is. */
const lacks = (actor: Actor, killer: Killer): string[] => [
  ...(actor.cmdline === null ? ['his command line is not known'] : []),
  ...(actor.cmdline === null
    ? []
    : killer.cmdline
        .filter((word) => !actor.cmdline?.includes(word))
        .map((word) => `his command line lacks ${word}`)),
  ...(killer.uid === undefined || killer.uid === actor.uid
    ? []
    : [`his uid is ${killer.uid}, not ${actor.uid}`]),
  ...(killer.session === undefined || killer.session === actor.session
    ? []
    : [`he came from the session ${killer.session}, not ${actor.session}`]),
];

const gradeKiller = (
  { killers, own, hands = [] }: ExpectedDeath,
  actor: Actor | null,
): Pick<Grade, 'killer' | 'faults'> => {
  if (!actor) return { killer: killers.length > 0 ? 'not named' : 'none', faults: [] };
  const killer = killers.find(({ pid }) => pid === actor.pid);
  if (killer) {
    const faults = lacks(actor, killer);
    return { killer: faults.length === 0 ? 'named' : 'not named', faults };
  }
  const isHand = hands.some((word) => actor.cmdline?.includes(word));
  if (own.includes(actor.pid) || isHand) {
    return { killer: killers.length > 0 ? 'not named' : 'none', faults: [] };
  }
  return { killer: 'wrong', faults: [`it was not ${actor.comm} (${actor.pid})`] };
};

const wrongFacts = (expected: ExpectedDeath, verdict: Verdict, incidents: number): string[] => {
  const { causes, signal, exitStatus } = expected;
  const wrongCause = verdict.cause !== 'unknown' && !causes.includes(verdict.cause);
  const wrongSignal = signal && verdict.signal && verdict.signal.name !== signal;
  const wrongStatus =
    exitStatus !== undefined && verdict.exitStatus !== null && verdict.exitStatus !== exitStatus;
  return [
    ...(wrongCause ? [`the cause is ${causes.join(' or ')}, not ${verdict.cause}`] : []),
    ...(wrongSignal ? [`the signal was ${signal}, not ${verdict.signal?.name}`] : []),
    ...(wrongStatus ? [`the status was ${exitStatus}, not ${verdict.exitStatus}`] : []),
    ...(incidents > 1 ? [`one cause was told as ${incidents} incidents`] : []),
  ];
};

const missed = (said: Said): Grade => ({
  ...{ mark: 'wrong', cause: 'wrong', scopeRight: false, killer: 'not named' },
  confidentlyWrong: true,
  faults: [`no incident: ${said.meant.join(', ') || 'nothing was told'}`],
});

const gradeDeath = (expected: ExpectedDeath, said: Said): Grade => {
  const { verdict } = said;
  if (!verdict) return missed(said);
  const { killer, faults } = gradeKiller(expected, verdict.actor ?? null);
  const wrong = wrongFacts(expected, verdict, said.incidents);
  const isKnown = expected.causes.includes(verdict.cause);
  const cause: Mark = isKnown ? 'right' : verdict.cause === 'unknown' ? 'unknown' : 'wrong';
  const isWrong = wrong.length > 0 || killer === 'wrong';
  return {
    mark: isWrong ? 'wrong' : cause,
    cause,
    scopeRight: verdict.scope === expected.scope,
    killer,
    confidentlyWrong: isWrong && verdict.confidence !== 'possible',
    faults: [...wrong, ...faults],
  };
};

const gradePeace = ({ incidents }: Said): Grade => {
  const isRight = incidents === 0;
  const mark = isRight ? 'right' : 'wrong';
  return {
    ...{ mark, cause: mark, scopeRight: isRight, killer: 'none', confidentlyWrong: !isRight },
    faults: isRight ? [] : ['an incident was told, and nothing had died'],
  };
};

/** Holds what was said against the truth. An honest `unknown` is never wrong; who is accused and did not do it always is. */
export const grade = (expected: Expected, said: Said): Grade =>
  expected.benign ? gradePeace(said) : gradeDeath(expected, said);
