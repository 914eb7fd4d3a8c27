/**
 * The systemd unit of a process by its path in cgroup v2: the last service or scope on the way. A manager of user
 * units is in the `init.scope` of its own service, which is what names it.
 */
export const unitOf = (cgroup: string | null): string | null => {
  const parts = (cgroup ?? '').split('/');
  const at = parts.findLastIndex((part) => /.\.(service|scope)$/.test(part));
  const unit = parts[at];
  if (unit === undefined) return null;
  const above = parts[at - 1] ?? '';
  return unit === 'init.scope' && above.endsWith('.service') ? above : unit;
};

/** The path down to that unit: names are unique only below their manager. */
export const unitPath = (cgroup: string | null): string | null => {
  const parts = (cgroup ?? '').split('/');
  const at = parts.findLastIndex((part) => /.\.(service|scope)$/.test(part));
  return at < 0 ? null : parts.slice(0, at + 1).join('/');
};

/** Whether a process manages units: the first one, and those of users, are in an `init.scope`. */
export const managesUnits = ({ pid, cgroup }: { pid: number; cgroup: string | null }): boolean =>
  pid === 1 || /(^|\/)init\.scope$/.test(cgroup ?? '');

/** The scope that logind makes for a login. */
export const isLogin = (unit: string): boolean => /^session-[^/]+\.scope$/.test(unit);

/**
 * The units of the first systemd that a process is in, from the outermost slice down to the first service or scope:
 * what is below is another manager's, or its own, and may be called anything.
 */
export const systemUnits = (cgroup: string | null): string[] => {
  const parts = (cgroup ?? '').split('/').filter((part) => part !== '');
  const at = parts.findIndex((part) => /.\.(service|scope)$/.test(part));
  const units = parts.slice(0, at + 1);
  return units.every((part) => /.\.(slice|service|scope)$/.test(part)) ? units : [];
};

/** Whether a cgroup is that of a group, or below it. */
export const isWithin = (cgroup: string | null, group: string): boolean =>
  cgroup !== null && group !== '/' && (cgroup === group || cgroup.startsWith(`${group}/`));

/** The socket of a managed server names its unit: holdfast-tmux@.service makes it there. */
export const unitOfSocket = (socket: string | undefined): string | null => {
  const owner = /^\/run\/holdfast\/tmux\/([^/]+)\/tmux\.sock$/.exec(socket ?? '')?.[1];
  return owner === undefined ? null : `holdfast-tmux@${owner}.service`;
};

/** Where systemd runs what it starts for a unit with delegated cgroups, such as its ExecStop= (systemd, cg_attach). */
const controlGroup = '.control';

/**
 * Whether a process is what the first systemd started to stop a unit, or what that started.
 * @param isStopping whether a stop of that unit is known otherwise: without delegation, orphans look the same
 */
export const isControlOf = (
  { cgroup, ancestry }: { cgroup: string | null; ancestry: readonly { pid: number }[] },
  victim: { cgroup: string | null },
  isStopping: boolean,
): boolean => {
  const unit = unitPath(victim.cgroup);
  if (unit === null || cgroup === null) return false;
  const [parent, above] = ancestry;
  if (cgroup === `${unit}/${controlGroup}`) return parent?.pid === 1 || above?.pid === 1;
  return isStopping && cgroup === unit && (parent?.pid === 1 || above?.pid === 1);
};
