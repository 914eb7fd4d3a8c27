import { breakerOf, replacing } from '../breaker.ts';
import type { CgroupSample } from '../events/measures.ts';
import { healthOf, isActedOn, isOfDeclared } from '../life.ts';
import type { End } from '../recovery-state.ts';
import type { LifeSample, Samples } from '../samples.ts';
import type { Life, State } from '../state.ts';
import { describeBots } from './describe-bots.ts';
import { describeRefresh } from './describe-refresh.ts';
import type { SessionStatus } from './session-status.ts';

const inCgroup = (cgroup: CgroupSample | undefined) => ({
  memoryBytes: cgroup?.memoryBytes ?? null,
  anonBytes: cgroup?.anonBytes ?? null,
  memoryMaxBytes: cgroup?.memoryMaxBytes ?? null,
  tasks: cgroup?.tasks ?? null,
});

const restartsOf = (state: State, session: string): number =>
  (state.attempts[session] ?? []).filter(
    ({ reason }) => reason !== 'declared' && reason !== replacing,
  ).length;

const inRecovery = (state: State, session: string, isDeclared: boolean) => ({
  restarts: isDeclared ? restartsOf(state, session) : 0,
  breaker: isDeclared ? breakerOf(state, session) : 'closed',
  held: (isDeclared && state.recoveries?.[session]?.held) || null,
});

const describeHealth = (state: State, sample: LifeSample | undefined, life: Life) => {
  const known = healthOf(state, life);
  if (!known) return null;
  const { status, since, check, reason } = known;
  return { status, since, check, reason, checks: [...(sample?.health?.checks ?? [])] };
};

type Down = Exclude<SessionStatus['status'], 'up'>;

const liveSession = (state: State, samples: Samples, life: Life): SessionStatus => {
  const sample = samples.lives.get(life.life);
  return {
    session: life.session,
    server: life.server,
    declared: life.declared,
    status: 'up',
    life: life.life,
    tmuxName: life.tmuxName,
    createdAt: life.createdAt,
    supervisedSince: life.supervisedSince,
    panes: life.panes.length,
    rssBytes: sample?.usage?.rssBytes ?? 0,
    cpu: sample?.usage?.cpu ?? 0,
    measured: sample?.usage?.measured ?? null,
    ...inCgroup(sample?.usage?.cgroup),
    lastActivityAt: sample?.lastActivityAt ?? null,
    // Of a pane that was seen before it was what it is, a listing knows it later.
    command: life.command || (sample?.panes.values().next().value?.command ?? ''),
    deaths: isOfDeclared(state, life) ? (state.ends[life.session]?.deaths ?? 0) : 0,
    ...inRecovery(state, life.session, isOfDeclared(state, life)),
    endedAt: null,
    bots: describeBots(state, samples, life.life),
    health: describeHealth(state, sample, life),
    refresh: isOfDeclared(state, life) ? describeRefresh(state, life.session, sample) : null,
  };
};

const statusAfter = (state: State, session: string, end: End | undefined): Down => {
  if (!end || end.reason === 'replaced') return 'waiting';
  // It did what it was there for.
  const isDone = state.recoveries?.[session]?.held?.reason === 'clean-exit';
  return end.reason === 'died' && !isDone ? 'dead' : 'stopped';
};

/** A declared session without a life. */
const endedSession = (state: State, session: string): SessionStatus | null => {
  const declared = state.declared[session];
  if (!declared) return null;
  const end = state.ends[session];
  return {
    session,
    server: declared.server,
    declared: true,
    status: isActedOn(state, declared) ? 'waiting' : statusAfter(state, session, end),
    life: null,
    tmuxName: declared.tmuxName,
    createdAt: null,
    supervisedSince: null,
    panes: 0,
    rssBytes: 0,
    cpu: 0,
    measured: null,
    ...inCgroup(undefined),
    lastActivityAt: null,
    command: '',
    deaths: end?.deaths ?? 0,
    ...inRecovery(state, session, true),
    endedAt: end?.at ?? null,
    bots: [],
    health: null,
    refresh: describeRefresh(state, session, undefined),
  };
};

/** Those that live, and those that are declared and do not. */
export const sessions = (state: State, samples: Samples): SessionStatus[] => {
  const lives = Object.values(state.lives);
  const running = lives.filter((life) => isOfDeclared(state, life));
  const named = new Set(running.map(({ session }) => session));
  const missing = Object.keys(state.declared).filter((session) => !named.has(session));
  return [
    ...lives.map((life) => liveSession(state, samples, life)),
    ...missing.map((session) => endedSession(state, session)).filter((line) => line !== null),
  ];
};
