import type { Kernel } from '../../model/cgroup.ts';
import type { SessionLimits } from '../../model/config/config.ts';
import type { Instance } from '../../model/events/server.ts';
import { messageOf } from '../../model/failure.ts';
import type { SessionRow } from '../../protocol/listing.ts';
import { createEndedGroups } from './ended-groups.ts';
import { enableControllers } from './limits.ts';
import { createPlacedPanes, type PlacedPane } from './placed-panes.ts';
import { findSubtree } from './subtree.ts';
import { createWrittenLimits } from './written-limits.ts';

/** Of the sessions of one server that have any, by declared name. */
export type LimitsByName = Readonly<Record<string, SessionLimits>>;

/** What a whole listing says, as far as it matters here. */
export interface Population {
  sessions: readonly Pick<SessionRow, 'tmuxId' | 'declared'>[];
  panes: readonly PlacedPane[];
  nextSession: number;
}

export interface SessionGroupsPorts {
  kernel: Kernel;
  /** Makes new panes begin in the cgroup of their session. @throws where tmux refuses it */
  installLauncher(instance: Instance): Promise<void>;
  now(): number;
}

/** The cgroups of the sessions of one server. */
export interface SessionGroups {
  /** Before the server gets sessions from us. Never fails. */
  prepare(instance: Instance): Promise<void>;
  /** @returns what of the limits that are asked for is not in force, in words; null: nothing */
  arrange(instance: Instance, population: Population, limits: LimitsByName): Promise<string | null>;
}

/** @returns what does not work, in words; what is lacking for good comes only where limits are asked for */
type Arrange = (population: Population, limits: LimitsByName) => Promise<string[]>;

/** Those of one running server whose cgroup is delegated. */
const openUnit = async (
  instance: Instance,
  unit: string,
  { kernel, installLauncher, now }: SessionGroupsPorts,
): Promise<Arrange> => {
  const lacking = await enableControllers(unit);
  let unlaunched: string[] = [];
  const written = createWrittenLimits(unit);
  const placed = createPlacedPanes(unit, kernel);
  const ended = createEndedGroups();
  const launch = async (): Promise<void> => {
    unlaunched = await installLauncher(instance).then(
      () => [],
      (cause: unknown) => [`new panes begin unlimited: ${messageOf(cause)}`],
    );
  };
  await launch();

  return async ({ sessions, panes, nextSession }, limits) => {
    const failures: string[] = [];
    for (const { tmuxId, declared } of sessions) {
      const wanted = Object.hasOwn(limits, declared) ? (limits[declared] ?? null) : null;
      const refused = await written.write(tmuxId, wanted);
      failures.push(...refused.map((failure) => `${declared}: ${failure}`));
    }
    const { bypassed, failure } = await placed.place(panes);
    // The owner may have chosen another shell since.
    if (bypassed) await launch();
    if (failure !== null) failures.push(`a pane cannot be moved: ${messageOf(failure)}`);
    const alive = new Set(sessions.map(({ tmuxId }) => tmuxId));
    written.forgetAllBut(alive);
    await ended.remove(unit, alive, nextSession, now());
    const general = Object.keys(limits).length === 0 ? [] : [...lacking, ...unlaunched];
    return [...general, ...failures];
  };
};

const explore = async (instance: Instance, ports: SessionGroupsPorts): Promise<Arrange> => {
  const subtree = findSubtree(instance.pid, ports.kernel);
  if (subtree.kind === 'delegated') return openUnit(instance, subtree.unit, ports);
  return async (_, limits) => (Object.keys(limits).length === 0 ? [] : [subtree.why]);
};

export const createSessionGroups = (ports: SessionGroupsPorts): SessionGroups => {
  let known: { instance: Instance; arrange: Promise<Arrange> } | null = null;

  const arrangerOf = (instance: Instance): Promise<Arrange> => {
    const { pid, startTime } = known?.instance ?? {};
    if (known && pid === instance.pid && startTime === instance.startTime) return known.arrange;
    const arrange = explore(instance, ports);
    known = { instance, arrange };
    return arrange;
  };
  return {
    async prepare(instance) {
      await arrangerOf(instance);
    },
    async arrange(instance, population, limits) {
      const arrange = await arrangerOf(instance);
      const failures = await arrange(population, limits);
      return failures.length === 0 ? null : failures.join('; ');
    },
  };
};
