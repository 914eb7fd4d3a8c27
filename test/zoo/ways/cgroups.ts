import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killed, unharmed } from '../expected.ts';
import { type Cgroup, inUnifiedCgroup } from '../ground/cgroup.ts';
import type { Ground } from '../ground/ground.ts';
import { strike } from '../ground/killer.ts';
import { binary } from '../ground/means.ts';
import { childOf, untilGone } from '../ground/process.ts';
import { untilHung, untilResumed } from '../ground/until-hung.ts';
import type { Expected, Killer, Way } from '../way.ts';

const here = { needs: ['root', 'cgroup v2', ...binary.needs] } as const;
const onSession = { ...here, server: 'both', ruins: 'session' } as const;
const onServer = { ...here, server: 'both', ruins: 'server' } as const;

/** Runs something with a cgroup that these processes have been put into. */
const withIn = (
  ground: Ground,
  pids: readonly number[],
  run: (cgroup: Cgroup) => Promise<Expected>,
): Promise<Expected> =>
  inUnifiedCgroup(ground.name(), (cgroup) => {
    for (const pid of pids) writeFileSync(cgroup.procs, String(pid));
    return run(cgroup);
  });

/** Whoever writes to that file has killed all that is in there. */
const killAll = (ground: Ground, { path }: Cgroup): Promise<Killer> =>
  strike(ground, [ground.files.script('sh', 'echo 1 >"$1"'), join(path, 'cgroup.kill')]);

const freeze = ({ path }: Cgroup, frozen: boolean): void =>
  writeFileSync(join(path, 'cgroup.freeze'), frozen ? '1' : '0');

const sessionKilled: Way = {
  ...onSession,
  name: 'cgroup-kill',
  sentence: "The cgroup of a session's program is killed as a whole.",
  run: async (ground) => {
    const victim = await ground.sleeper();
    return withIn(ground, [victim.pid], async (cgroup) =>
      killed([victim], 'SIGKILL', [await killAll(ground, cgroup)]),
    );
  },
};

const serverKilled: Way = {
  ...onServer,
  name: 'server-cgroup-kill',
  sentence: 'The cgroup of a tmux server and of what runs in it is killed as a whole.',
  run: async (ground) => {
    const victims = [await ground.sleeper(), await ground.sleeper()];
    const server = await ground.serverPid();
    return withIn(ground, [server, ...victims.map(({ pid }) => pid)], async (cgroup) =>
      killed(victims, 'SIGKILL', [await killAll(ground, cgroup)], 'server'),
    );
  },
};

const inShell: Way = {
  ...onSession,
  name: 'cgroup-kill-in-shell',
  sentence: 'The cgroup of a program that runs in a shell is killed; the shell goes on.',
  run: async (ground) => {
    const victim = await ground.victim();
    await ground.tmux('send-keys', '-t', victim.session, 'sleep 100000', 'Enter');
    const child = await childOf(victim.pid);
    return withIn(ground, [child], async (cgroup) => {
      await killAll(ground, cgroup);
      await untilGone(child);
      return unharmed(victim);
    });
  },
};

const programFrozen: Way = {
  ...onSession,
  name: 'program-frozen',
  sentence: "The cgroup of a session's program is frozen, and thawed.",
  run: async (ground) => {
    const victim = await ground.sleeper();
    return withIn(ground, [victim.pid], async (cgroup) => {
      freeze(cgroup, true);
      freeze(cgroup, false);
      return unharmed(victim);
    });
  },
};

/** Frozen it does nothing, yet what kills it does. */
const programKilled: Way = {
  ...onSession,
  name: 'program-frozen-then-killed',
  sentence: "The cgroup of a session's program is frozen, and the program killed in it.",
  run: async (ground) => {
    const victim = await ground.sleeper();
    return withIn(ground, [victim.pid], async (cgroup) => {
      freeze(cgroup, true);
      return killed([victim], 'SIGKILL', [await binary.send(ground, 'KILL', victim.pid)]);
    });
  },
};

const frozenServer = async (
  ground: Ground,
  run: (pid: number, thaw: () => void) => Promise<Expected>,
): Promise<Expected> => {
  const pid = await ground.serverPid();
  return withIn(ground, [pid], async (cgroup) => {
    freeze(cgroup, true);
    await untilHung(ground, pid);
    return run(pid, () => freeze(cgroup, false));
  });
};

const thawed: Way = {
  ...onServer,
  name: 'server-frozen',
  sentence: 'The cgroup of a tmux server is frozen for a while, and thawed.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    return frozenServer(ground, async (pid, thaw) => {
      thaw();
      await untilResumed(ground, pid);
      return unharmed(victim);
    });
  },
};

const killedFrozen: Way = {
  ...onServer,
  name: 'server-frozen-then-killed',
  sentence: 'The cgroup of a tmux server is frozen, and the server killed while it hangs.',
  run: async (ground) => {
    const victims = [await ground.sleeper(), await ground.sleeper()];
    return frozenServer(ground, async (pid) =>
      killed(victims, 'SIGKILL', [await binary.send(ground, 'KILL', pid)], 'server'),
    );
  },
};

/** What is done to whole cgroups. */
export const cgroups: readonly Way[] = [
  sessionKilled,
  serverKilled,
  inShell,
  programFrozen,
  programKilled,
  thawed,
  killedFrozen,
];
