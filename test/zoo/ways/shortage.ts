import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { died, killed, unharmed } from '../expected.ts';
import { inLimitedCgroup } from '../ground/cgroup.ts';
import type { Ground } from '../ground/ground.ts';
import { readPid } from '../ground/killer.ts';
import { binary } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import { program } from '../ground/programs.ts';
import { runToEnd } from '../ground/run-to-end.ts';
import { fewTerminals, fullDirectory, startServerBy } from '../ground/start-server.ts';
import type { Expected, Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

/** Something the tmux server has run out of. */
interface Want {
  name: string;
  about: string;
  needs: NonNullable<Way['needs']>;
  server: Way['server'];
  /** Calls `meanwhile` while it is so. */
  during(ground: Ground, meanwhile: () => Promise<Expected>): Promise<Expected>;
}

/** A command to a server that may have no ear for it. */
const order = (ground: Ground, ...command: string[]): Promise<void> =>
  runToEnd([program('timeout'), '2', program('tmux'), '-S', ground.socket, ...command]);

/** A session more, which the server may refuse. */
const askForMore = (ground: Ground, name = ground.name(), run = 'sleep 1000'): Promise<void> =>
  order(ground, 'new-session', '-d', '-s', name, run);

/** Asks until it is refused, and leaves room for one. */
const askInVain = async (ground: Ground): Promise<void> => {
  const last = ground.name();
  const note = ground.files.fresh();
  await askForMore(ground, last, `echo $$ >${note}; exec sleep 1000`);
  await askForMore(ground);
  await order(ground, 'kill-session', '-t', last);
  if (existsSync(note)) await untilGone(await readPid(note));
};

const processes: Want = {
  name: 'processes',
  about: 'may start no process more',
  needs: ['root', 'a pids cgroup', { program: 'timeout' }],
  server: 'both',
  during: async (ground, meanwhile) => {
    const pid = await ground.serverPid();
    return inLimitedCgroup('pids', ground.name(), 1, ({ procs }) => {
      writeFileSync(procs, String(pid));
      return meanwhile();
    });
  },
};

const limitFiles = (pid: number, most: number): Promise<void> =>
  runToEnd([program('prlimit'), '--pid', String(pid), `--nofile=${most}:4096`]);

const descriptors: Want = {
  name: 'descriptors',
  about: 'may open nothing more',
  needs: [{ program: 'prlimit' }, { program: 'timeout' }],
  server: 'both',
  during: async (ground, meanwhile) => {
    const pid = await ground.serverPid();
    await limitFiles(pid, readdirSync(`/proc/${pid}/fd`).length);
    return meanwhile().finally(() => limitFiles(pid, 1024));
  },
};

const inNamespace = (name: string, about: string, starter: typeof fewTerminals): Want => ({
  ...{ name, about, server: 'adopted' },
  needs: ['root', { program: 'unshare' }, { program: 'mount' }, { program: 'timeout' }],
  during: async (ground, meanwhile) => {
    await startServerBy(ground, starter(ground));
    return meanwhile();
  },
});

const wants: readonly Want[] = [
  processes,
  descriptors,
  inNamespace('terminals', 'can have no terminal more', fewTerminals),
  inNamespace('room', 'has no room left in /tmp', fullDirectory),
];

/** Where the server is not there before, the session is made in its want. */
const ways = wants.flatMap(({ name, about, needs, server, during }): Way[] => {
  const common = { ruins: 'server', server } as const;
  const isThere = server === 'both';
  return [
    {
      ...common,
      name: `server-short-of-${name}`,
      sentence: `The tmux server ${about}.`,
      needs,
      run: async (ground) => {
        const before = isThere ? await ground.sleeper() : null;
        return during(ground, async () => {
          const victim = before ?? (await ground.sleeper());
          await askInVain(ground);
          return unharmed(victim);
        });
      },
    },
    {
      ...common,
      name: `killed-short-of-${name}`,
      sentence: `The tmux server ${about}, and a session's program is killed.`,
      needs: [...needs, ...binary.needs],
      run: async (ground) => {
        const before = isThere ? await ground.sleeper() : null;
        // The server goes on.
        if (isThere) await ground.sleeper();
        return during(ground, async () => {
          const victim = before ?? (await ground.sleeper());
          await askForMore(ground);
          return killed([victim], 'SIGKILL', [await binary.send(ground, 'KILL', victim.pid)]);
        });
      },
    },
  ];
});

const tooManyProcesses: Way = {
  ...onSession,
  name: 'pids-limit',
  sentence: 'A program may start no other one, and gives up.',
  needs: ['root', 'a pids cgroup'],
  run: (ground) =>
    inLimitedCgroup('pids', ground.name(), 1, async ({ procs }) => {
      const script = ground.files.script('sh', 'echo $$ >"$1"; read -r line; /bin/true || exit 9');
      const victim = await ground.victim([script, procs]);
      await ground.tmux('send-keys', '-t', victim.session, 'Enter');
      return died([victim], ['program-exit']);
    }),
};

const noRoom: Way = {
  ...onSession,
  name: 'disk-full',
  sentence: 'A program writes where there is no room left, and gives up.',
  run: async (ground) => {
    const script = ground.files.script('sh', 'read -r line; echo line >/dev/full || exit 5');
    const victim = await ground.victim([script]);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    return died([victim], ['program-exit'], { exitStatus: 5 });
  },
};

/** What runs out, and what dies meanwhile. */
export const shortage: readonly Way[] = [...ways, tooManyProcesses, noRoom];
