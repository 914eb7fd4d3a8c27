import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionLimits } from '../../model/config/config.ts';
import type { Instance } from '../../model/events/server.ts';
import { messageOf } from '../../model/failure.ts';
import type { PaneRow, SessionRow } from '../../protocol/link.ts';
import { createEndedGroups } from './ended-groups.ts';
import { enableControllers, writeLimits } from './limits.ts';
import { moveTree } from './stragglers.ts';
import { findSubtree, groupPathOf, type Kernel, type Subtree, sessionGroup } from './subtree.ts';

/** Of the sessions of one server that have any, by declared name. */
export type LimitsByName = Readonly<Record<string, SessionLimits>>;

/** What a whole listing says, as far as it matters here. */
export interface Population {
  sessions: readonly Pick<SessionRow, 'tmuxId' | 'declared'>[];
  panes: readonly Pick<PaneRow, 'tmuxId' | 'pid'>[];
  nextSession: number;
}

export interface SessionGroupsPorts {
  kernel: Kernel;
  /** Makes new panes begin in the cgroup of their session. @throws where tmux refuses it */
  installLauncher(instance: Instance): Promise<void>;
  now(): number;
}

/** What was found of one running server, and what was done about it. */
interface Ground {
  instance: Instance;
  subtree: Subtree;
  /** What does not work, in words. */
  lacking: string[];
  /** By session: the limits that were written, as JSON, and what of them could not be. */
  written: Map<string, { limits: string; failures: string[] }>;
  /** Panes that are where they belong, by session and pid. */
  placed: Set<string>;
  ended: ReturnType<typeof createEndedGroups>;
}

/** The cgroups of the sessions of one server. */
export interface SessionGroups {
  /** Before the server gets sessions from us. Never fails. */
  prepare(instance: Instance): Promise<void>;
  /** @returns what of the limits that are asked for is not in force, in words; null: nothing */
  arrange(instance: Instance, population: Population, limits: LimitsByName): Promise<string | null>;
}

export const createSessionGroups = ({
  kernel,
  installLauncher,
  now,
}: SessionGroupsPorts): SessionGroups => {
  let known: { instance: Instance; ground: Promise<Ground> } | null = null;

  const launch = async (on: Ground): Promise<void> => {
    await installLauncher(on.instance).catch((cause: unknown) => {
      on.lacking = [...new Set([...on.lacking, `new panes begin unlimited: ${messageOf(cause)}`])];
    });
  };

  const explore = async (instance: Instance): Promise<Ground> => {
    const subtree = findSubtree(instance.pid, kernel);
    const ended = createEndedGroups();
    const on: Ground = {
      ...{ instance, subtree, lacking: [], written: new Map(), placed: new Set(), ended },
    };
    if (subtree.kind === 'none') return on;
    on.lacking = await enableControllers(subtree.unit);
    await launch(on);
    return on;
  };
  const groundOf = (instance: Instance): Promise<Ground> => {
    const { pid, startTime } = known?.instance ?? {};
    if (known && pid === instance.pid && startTime === instance.startTime) return known.ground;
    const ground = explore(instance);
    known = { instance, ground };
    return ground;
  };

  const limit = async (
    on: Ground,
    group: string,
    tmuxId: string,
    limits: SessionLimits | null,
  ): Promise<string[]> => {
    const text = JSON.stringify(limits);
    const before = on.written.get(tmuxId);
    if (before?.limits === text) return before.failures;
    await mkdir(group).catch(() => undefined);
    const failures = await writeLimits(group, limits);
    on.written.set(tmuxId, { limits: text, failures });
    return failures;
  };

  /** A pane that a whole session of them shares is placed once, with the first. */
  const place = async (on: Ground, unit: string, panes: Population['panes']): Promise<void> => {
    const server = join(unit, 'server');
    const serverPath = server.slice(kernel.cgroup.length);
    let bypassed = false;
    for (const { pid, tmuxId } of panes) {
      const key = `${tmuxId} ${pid}`;
      if (on.placed.has(key)) continue;
      // One that was joined from another session stays in the cgroup it began in: its memory is counted there.
      if (groupPathOf(pid, kernel) === serverPath) {
        bypassed = true;
        await moveTree(pid, server, sessionGroup(unit, tmuxId), kernel);
      }
      on.placed.add(key);
    }
    const present = new Set(panes.map(({ pid, tmuxId }) => `${tmuxId} ${pid}`));
    for (const key of on.placed) if (!present.has(key)) on.placed.delete(key);
    // The owner may have chosen another shell since.
    if (bypassed) await launch(on);
  };

  const forget = (on: Ground, alive: ReadonlySet<string>): void => {
    for (const id of on.written.keys()) if (!alive.has(id)) on.written.delete(id);
  };

  return {
    async prepare(instance) {
      await groundOf(instance);
    },
    async arrange(instance, { sessions, panes, nextSession }, limits) {
      const on = await groundOf(instance);
      const names = Object.keys(limits);
      const { subtree } = on;
      if (subtree.kind === 'none') return names.length === 0 ? null : subtree.why;
      const { unit } = subtree;
      const lacking = names.length === 0 ? [] : [...on.lacking];
      const alive = new Set(sessions.map(({ tmuxId }) => tmuxId));
      for (const { tmuxId, declared } of sessions) {
        const wanted = Object.hasOwn(limits, declared) ? (limits[declared] ?? null) : null;
        const failures = await limit(on, sessionGroup(unit, tmuxId), tmuxId, wanted);
        lacking.push(...failures.map((failure) => `${declared}: ${failure}`));
      }
      await place(on, unit, panes).catch((cause: unknown) => {
        lacking.push(`a pane cannot be moved: ${messageOf(cause)}`);
      });
      forget(on, alive);
      await on.ended.remove(unit, alive, nextSession, now());
      return lacking.length === 0 ? null : lacking.join('; ');
    },
  };
};
