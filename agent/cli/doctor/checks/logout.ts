import { shellWord } from '../../../model/text/shell-word.ts';
import { cgroupOf, hasSystemd } from '../cgroup.ts';
import { type Check, type Finding, findingsOf, type WatchedServer } from '../check.ts';
import { dropIns } from '../config-dirs.ts';
import type { Machine } from '../machine.ts';
import type { Mend } from '../mend/mend.ts';

const { ok, warn, unknown } = findingsOf('logout');

const setting = /^#?\s*KillUserProcesses\s*=\s*(\S+)/gim;

/** The last one wins; the distribution's own default stands commented out in logind.conf. */
const killsUserProcesses = (machine: Machine): boolean => {
  const own = ['/usr/lib', '/etc'].map(
    (place) => machine.read(`${place}/systemd/logind.conf`) ?? '',
  );
  const texts = [...own, ...dropIns(machine, 'systemd/logind.conf.d')];
  const found = texts.flatMap((text) => [...text.matchAll(setting)]);
  const set = found.findLast(([line]) => !line.startsWith('#')) ?? found.at(-1);
  return /^(yes|true|on|1)$/i.test(set?.[1] ?? 'yes');
};

const userOf = (machine: Machine, pid: number): { uid: number; name: string } | null => {
  const uid = /^Uid:\s+(\d+)/m.exec(machine.read(`/proc/${pid}/status`) ?? '')?.[1];
  if (uid === undefined) return null;
  const entry = (machine.read('/etc/passwd') ?? '')
    .split('\n')
    .find((line) => line.split(':')[2] === uid);
  return { uid: Number(uid), name: entry?.split(':')[0] ?? uid };
};

const keepProcesses =
  "printf '[Login]\\nKillUserProcesses=no\\n' | sudo tee /etc/systemd/logind.conf.d/keep-tmux.conf && sudo systemctl kill -s HUP systemd-logind";

const judge = (machine: Machine, { server, pid }: WatchedServer): Finding => {
  const cgroup = pid === null ? null : cgroupOf(machine, pid);
  const user = pid === null ? null : userOf(machine, pid);
  if (cgroup === null || user === null) {
    return unknown({
      title: `whether ${server} survives a logout`,
      detail: 'its process is not known',
    });
  }
  const inLogin = /\/session-[^/]+\.scope/.test(cgroup);
  const inManager = /\/user@\d+\.service/.test(cgroup);
  const title = `${server} may end when ${user.name} logs out`;
  if (inLogin && killsUserProcesses(machine)) {
    const detail = `it runs in the login ${cgroup}, and logind kills what is left there`;
    return warn({ title, detail }, `sudo mkdir -p /etc/systemd/logind.conf.d && ${keepProcesses}`);
  }
  const lingers = machine.ownerOf(`/var/lib/systemd/linger/${user.name}`) !== null;
  if ((inLogin || inManager) && !lingers) {
    const detail = `lingering is off: at the last logout systemd ends the user's services and /run/user/${user.uid}`;
    const mend: Mend = {
      steps: [{ does: 'run', program: 'loginctl', args: ['enable-linger', user.name] }],
      ...{ needsRoot: true, foreign: 'systemd-logind' },
      undo: `loginctl disable-linger ${shellWord(user.name)}`,
    };
    return warn({ title, detail }, `sudo loginctl enable-linger ${shellWord(user.name)}`, mend);
  }
  return ok({ title: `${server} survives a logout`, detail: cgroup });
};

/** logind and the user manager end what belongs to a login. */
export const logout: Check = (machine, servers) =>
  hasSystemd(machine)
    ? servers.map((server) => judge(machine, server))
    : [ok({ title: 'no systemd: no logind ends what is left at a logout', detail: '' })];
