import type { DeadPane, DeathRecord, ExitStatus } from '../../model/events/death.ts';
import { minuteUntil } from '../../model/recent.ts';
import type { LifeSample, Samples } from '../../model/samples.ts';
import type { Life, ServerStatus } from '../../model/state.ts';
import type { ExitRecord } from '../../protocol/listing.ts';
import { screenRef } from '../screen-ref.ts';
import { fitRecord } from './fit-record.ts';

/** What surrounds a death, as seen when it was found. */
export interface DeathContext {
  incident: string;
  found: number;
  alive: number;
  others: string[];
  serverState: ServerStatus;
  exits: readonly ExitRecord[];
  /** Of the pane whose end was the session's, where the server wrote it down. */
  exit: ExitRecord | null;
  samples: Samples;
  /** It came and went between two listings. */
  unseen: boolean;
  /** Since when the link is connected, ms since the epoch. */
  linkSince: number;
  redact: (text: string) => string;
}

const maxCommand = 200;
const maxOthers = 20;
const maxPanes = 8;

const exitOf = (exits: readonly ExitRecord[], id: string, pid: number): ExitStatus | null => {
  const exit = exits.findLast((record) => record.pane === id && record.pid === pid);
  return exit ? { status: exit.status, signal: exit.signal } : null;
};

const deadPanes = (life: Life, sample: LifeSample | undefined, context: DeathContext): DeadPane[] =>
  life.panes.slice(0, maxPanes).map(({ id, pid, startTime }) => {
    const known = sample?.panes.get(id);
    const leader = known?.leader?.pid === pid ? known.leader.sample : null;
    return {
      id,
      pid,
      startTime,
      command: context.redact(known?.command ?? '').slice(0, maxCommand),
      exit: exitOf(context.exits, id, pid),
      historyLines: known?.historyLines ?? 0,
      ...(leader ? { leader } : {}),
    };
  });

/** It came into its pane, or its pane into the session, since the last listing (respawn-pane, swap-pane). */
const newcomer = (
  panes: readonly DeadPane[],
  { exit }: Pick<DeathContext, 'exit'>,
): DeadPane | null => {
  if (!exit || panes.some(({ id, pid }) => id === exit.pane && pid === exit.pid)) return null;
  const { pane: id, pid, status, signal } = exit;
  return { id, pid, startTime: 0, command: '', exit: { status, signal }, historyLines: 0 };
};

const panesOf = (life: Life, sample: LifeSample | undefined, context: DeathContext): DeadPane[] => {
  const panes = deadPanes(life, sample, context);
  const last = newcomer(panes, context);
  return last ? [last, ...panes.slice(0, maxPanes - 1)] : panes;
};

const lastCommand = (
  sample: LifeSample | undefined,
  redact: (text: string) => string,
): DeathRecord['lastCommand'] =>
  sample?.foreground
    ? { text: redact(sample.foreground).slice(0, maxCommand), source: 'foreground' }
    : { text: '', source: 'not known' };

const sessionExit = (exit: ExitRecord | null): DeathRecord['exit'] =>
  exit && { status: exit.status, signal: exit.signal, at: exit.at };

/** Who was looking. A life without a sample was there before this agent, or too short for any listing. */
const watchedWhen = (
  { supervisedSince }: Life,
  sample: LifeSample | undefined,
  { linkSince, unseen }: DeathContext,
): DeathRecord['watched'] => {
  if (!sample && !unseen) return 'agent-down';
  return (sample?.lastSeen ?? supervisedSince) < linkSince ? 'link-down' : 'live';
};

/**
 * The death record of one life, from what was sampled before: nothing is read now, so a death is
 * reported at once. Also returns the screens to be stored under the names the record gives them.
 */
export const composeDeath = (
  life: Life,
  context: DeathContext,
): { record: DeathRecord; screens: string[] } => {
  const { found, redact, samples } = context;
  const sample = samples.lives.get(life.life);
  const kept = life.panes.slice(0, maxPanes).flatMap(({ id }) => {
    const screen = sample?.panes.get(id)?.screen ?? samples.screensBefore?.get(life.life)?.get(id);
    if (!screen) return [];
    const text = redact(screen.text);
    return [{ ref: screenRef(id, text, screen.takenAt), text }];
  });
  const record: DeathRecord = {
    life: life.life,
    session: life.session,
    server: life.server,
    instance: life.instance,
    tmuxId: life.tmuxId,
    tmuxName: life.tmuxName,
    declared: life.declared,
    incident: context.incident,
    lastSeen: Math.min(sample?.lastSeen ?? life.supervisedSince, found),
    found,
    ageMs: Math.max(0, found - life.createdAt),
    supervisedMs: Math.max(0, found - life.supervisedSince),
    resyncs: sample?.resyncs ?? 0,
    panes: panesOf(life, sample, context),
    exit: sessionExit(context.exit),
    watched: watchedWhen(life, sample, context),
    lastCommand: lastCommand(sample, redact),
    screens: kept.map(({ ref }) => ref),
    alive: context.alive,
    others: context.others.slice(0, maxOthers),
    usage: sample?.usage ?? null,
    usageBefore: minuteUntil(sample?.recent ?? [], found),
    host: samples.host,
    serverState: context.serverState === 'absent' ? 'unknown' : context.serverState,
    trimmed: [],
  };
  return { record: fitRecord(record), screens: kept.map(({ text }) => text) };
};
