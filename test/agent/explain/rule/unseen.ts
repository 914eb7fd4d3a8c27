import type { Evidence } from '../../../../agent/explain/evidence.ts';
import { killsAround } from '../../../../agent/explain/memory-kills.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import * as was from './recorded.ts';

type Details = Partial<Evidence> & {
  /** Kills for want of memory meanwhile, of whomever; null: nobody could count. */
  kills?: number | null;
  record?: Partial<DeathRecord>;
};

/** Nobody witnessed it. */
export const unseen = (
  one: was.Recorded,
  { kills = 0, record, ...rest }: Details = {},
): Evidence => {
  const deaths = [was.recordOf(one, record)];
  const now = kills === null ? null : was.countedAt(one, kills);
  return {
    server: { name: 'main', managed: true, instance: { pid: 28_272, startTime: 7_724_407 } },
    ...{ serverEnd: null, trouble: null, reboot: null, ooms: [], panes: {}, users: {} },
    ...{
      deaths,
      memoryKills: killsAround({ deaths, serverEnd: rest.serverEnd ?? null }, now),
      testimony: null,
    },
    untold: 'no witness is running',
    ...rest,
  };
};

/** The line of the kernel's log about a process that it killed, in a cgroup that had reached its limit. */
export const killedOf = (pid: number, group: string): string =>
  `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/${group},task_memcg=/${group},task=hog,pid=${pid},uid=0`;

/** Ends of what is missing, where there is no witness. */
export const wouldHaveTold = /: a witness would have told: no witness is running$/;
export const sender = /^who sent it: .*no witness is running$/;
