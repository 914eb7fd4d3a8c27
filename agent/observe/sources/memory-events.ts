import { type Kernel, leadsOut, realKernel } from '../../model/cgroup.ts';
import type { MemoryEvents } from '../../model/source-fact/kernel.ts';
import { groupPathOf } from '../../os/group-path.ts';
import { type MemoryCounts, readMemoryEvents } from '../machine/cgroup/memory-events.ts';
import { named, said } from './parse/said.ts';
import type { Source } from './source.ts';

/** As the count of a session's own cgroup is called in the evidence (agent/explain/session-ooms.ts). */
const name = 'cgroup';

export interface MemoryEventsPorts {
  /** The tmux servers that run, then the leaders of their panes. */
  pids(): readonly number[];
  now(): number;
  kernel?: Kernel;
}

/** What was read of one group last. */
interface Known {
  at: number;
  counts: MemoryCounts;
  /** Who was in there at the last two readings. */
  pids: readonly number[];
}

/** More leaders than this are not looked at, and so many before others have their turn. */
const maxPids = 500;
const perTurn = 20;

/** Changes that are kept, the newest: a verdict comes within seconds. */
const maxFacts = 100;

/** A fact names no more of those that were in there. */
const maxNamed = 100;

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const textOf = (group: string, kills: number, limitHits: number, seconds: number): string => {
  const processes = kills === 1 ? '1 process' : `${kills} processes`;
  const limit = limitHits > 0 ? `, and its own limit was reached ${limitHits} times` : '';
  return said(
    `the kernel killed ${processes} for want of memory in ${group} within ${seconds} s${limit}`,
  );
};

const factOf = (group: string, before: Known, now: Known): MemoryEvents => {
  const grown = (count: keyof MemoryCounts): number => now.counts[count] - before.counts[count];
  const [kills, limitHits] = [grown('kills'), grown('limitHits')];
  const seconds = Math.max(1, Math.round((now.at - before.at) / 1000));
  return {
    ...{ kind: 'memory-events', source: name, since: before.at, at: now.at },
    ...{ group: named(group), pids: now.pids.slice(0, maxNamed), kills, limitHits },
    ...{ groupKills: grown('groupKills'), isLimit: grown('ooms') > 0 },
    text: textOf(named(group), kills, limitHits, seconds),
  };
};

const missing = {
  ...{
    ok: false as const,
    why: 'the kernel counts no kills in cgroups that tmux is in, or no tmux server runs',
  },
  advice:
    'nothing with cgroup v1 or outside systemd; else `sudo systemctl set-property user.slice MemoryAccounting=yes`',
};

/**
 * Kills for want of memory by the counters of the cgroups that tmux servers and panes are in (`memory.events`). They have
 * no times, so they are read again and again: a kill lies between two readings. Everybody may read them, also in a
 * container that shows no log of the kernel.
 */
export const createMemoryEvents = ({ pids, now, kernel = realKernel }: MemoryEventsPorts) => {
  let known = new Map<string, Known>();
  let facts: MemoryEvents[] = [];
  let looking: Promise<void> | null = null;

  const groupOf = (pid: number): string | null => {
    const path = groupPathOf(pid, kernel);
    return path === null || leadsOut(path) ? null : path;
  };

  const leadersByGroup = async (): Promise<Map<string, number[]>> => {
    const groups = new Map<string, number[]>();
    for (const [i, pid] of pids().slice(0, maxPids).entries()) {
      if (i % perTurn === perTurn - 1) await breathe();
      const group = groupOf(pid);
      if (group !== null) groups.set(group, [...(groups.get(group) ?? []), pid]);
    }
    return groups;
  };

  const readAll = async (): Promise<void> => {
    const leaders = await leadersByGroup();
    const read = new Map<string, Known>();
    // A group whose last process was killed has none any more: it is read once more while it is there.
    for (const group of new Set([...leaders.keys(), ...known.keys()])) {
      const before = known.get(group);
      const counts = readMemoryEvents(kernel.cgroup, group);
      const inside = leaders.get(group) ?? [];
      if (counts === null || (inside.length === 0 && before?.pids.length === 0)) continue;
      const all = [...new Set([...inside, ...(before?.pids ?? [])])];
      const reading = { at: now(), counts, pids: all };
      if (before && counts.kills > before.counts.kills) {
        facts = [...facts, factOf(group, before, reading)].slice(-maxFacts);
      }
      read.set(group, { ...reading, pids: inside });
    }
    known = read;
  };

  const look = (): Promise<void> => {
    looking ??= readAll().finally(() => {
      looking = null;
    });
    return looking;
  };

  const source: Source = {
    name,
    probe: async () => {
      await look();
      return known.size > 0 ? { ok: true } : missing;
    },
    ask: async ({ since, until }) => {
      await look();
      return facts.filter((fact) => fact.at >= since && fact.since <= until);
    },
  };

  return { source, look };
};
