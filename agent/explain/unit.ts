import { isInGroup } from '../model/cgroup.ts';

const partsOf = (cgroup: string | null): string[] =>
  (cgroup ?? '').split('/').filter((part) => part !== '');

/** The units from the outermost slice down to the first service or scope, as a manager nests them; else none. */
const downToUnit = (parts: readonly string[]): string[] => {
  const at = parts.findIndex((part) => /.\.(service|scope)$/.test(part));
  const units = parts.slice(0, at + 1);
  return units.every((part) => /.\.(slice|service|scope)$/.test(part)) ? units : [];
};

/**
 * The units of the first systemd that a process is in, from the outermost slice down to the first service or scope:
 * what is below is another manager's, or its own, and may be called anything.
 */
export const systemUnits = (cgroup: string | null): string[] => downToUnit(partsOf(cgroup));

/** The service or scope of the first systemd that a process is in. */
export const systemUnit = (cgroup: string | null): string | null =>
  systemUnits(cgroup).at(-1) ?? null;

/** Those of the manager of a user, below its own service; the manager itself is in an `init.scope`. */
const userUnits = (cgroup: string | null): string[] => {
  const above = systemUnits(cgroup);
  if (!/^user@\d+\.service$/.test(above.at(-1) ?? '')) return [];
  const units = downToUnit(partsOf(cgroup).slice(above.length));
  return units[0] === 'init.scope' ? [] : units;
};

/**
 * The unit of a process, by its path in cgroup v2: `cron.service`, and `user@1000.service/cron.service` for one of the
 * manager of a user, who calls his units as he likes. A manager is in its own service.
 */
export const unitOf = (cgroup: string | null): string | null => {
  const system = systemUnit(cgroup);
  const own = userUnits(cgroup).at(-1);
  return own === undefined ? system : `${system}/${own}`;
};

const pathOf = (units: readonly string[]): string | null =>
  units.length === 0 ? null : `/${units.join('/')}`;

/** The path down to the unit of the first systemd. */
export const systemUnitPath = (cgroup: string | null): string | null => pathOf(systemUnits(cgroup));

/** The path down to that unit: names are unique only below their manager. */
export const unitPath = (cgroup: string | null): string | null =>
  pathOf([...systemUnits(cgroup), ...userUnits(cgroup)]);

/** What follows the unit of the first systemd in a path: a group that the unit made for itself; null: nothing does. */
export const groupInUnit = (cgroup: string | null): string | null =>
  partsOf(cgroup)[systemUnits(cgroup).length] ?? null;

/** The name of a unit that the manager of a user has; null: `unit` is one of the first systemd. */
export const nameBelowUser = (unit: string): string | null =>
  /^user@\d+\.service\/(.+)$/.exec(unit)?.[1] ?? null;

/** The scope that logind makes for a login. */
export const isLogin = (unit: string): boolean => /^session-[^/]+\.scope$/.test(unit);

/** Whether a cgroup is that of a group, or below it; in the root, where all is, nothing is meant to be. */
export const isWithin = (cgroup: string | null, group: string): boolean =>
  cgroup !== null && group !== '/' && isInGroup(cgroup, group);

/** The socket of a managed server names its unit: holdfast-tmux@.service makes it there. */
export const unitOfSocket = (socket: string | undefined): string | null => {
  const owner = /^\/run\/holdfast\/tmux\/([^/]+)\/tmux\.sock$/.exec(socket ?? '')?.[1];
  return owner === undefined ? null : `holdfast-tmux@${owner}.service`;
};
