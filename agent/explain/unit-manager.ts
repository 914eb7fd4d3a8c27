import type { SeenProcess } from '../model/witnessed.ts';
import { isWithin, systemUnitPath } from './unit.ts';

type Doer = Pick<SeenProcess, 'cgroup'> & { pid: number; ancestry: readonly { pid: number }[] };
type Victim = Pick<SeenProcess, 'cgroup'>;

/** Where the manager of a user's units is (user@.service); who owns what is below may make any name there. */
const ofUser = /^(\/user\.slice\/user-(\d+)\.slice\/user@\2\.service)\/init\.scope$/;

/**
 * Whether a process manages the unit that another is in: the first one does, and what that started as the manager of a
 * user does for what is below it.
 */
export const isManagerOf = ({ pid, cgroup, ancestry }: Doer, victim: Victim): boolean => {
  if (pid === 1) return true;
  const service = ofUser.exec(cgroup ?? '')?.[1];
  return service !== undefined && ancestry[0]?.pid === 1 && isWithin(victim.cgroup, service);
};

/** Where systemd runs what it starts for a unit with delegated cgroups, such as its ExecStop= (systemd, cg_attach). */
const controlGroup = '.control';

/**
 * Whether a process is what the first systemd started to stop a unit, or what that started. An owner of delegated
 * cgroups may make such a group and leave an orphan in it: what is not the first systemd's own child takes the job.
 * @param isStopping whether a stop of that unit is known otherwise: without delegation, orphans look the same
 */
export const isControlOf = (
  { cgroup, ancestry }: Omit<Doer, 'pid'>,
  victim: Victim,
  isStopping: boolean,
): boolean => {
  const unit = systemUnitPath(victim.cgroup);
  if (unit === null || cgroup === null) return false;
  const [parent, above] = ancestry;
  const isInControl = cgroup === `${unit}/${controlGroup}`;
  if (!isStopping) return isInControl && parent?.pid === 1;
  return (isInControl || cgroup === unit) && (parent?.pid === 1 || above?.pid === 1);
};
