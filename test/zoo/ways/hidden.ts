import { existsSync } from 'node:fs';
import { eventually } from '../../e2e/sampled.ts';
import { died, killed, unharmed } from '../expected.ts';
import type { Ground, Victim } from '../ground/ground.ts';
import { readPid, strike } from '../ground/killer.ts';
import { binary, builtin } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import { runToEnd } from '../ground/run-to-end.ts';
import type { Killer, Way } from '../way.ts';

const onSession = { where: 'here', server: 'managed', ruins: 'session' } as const;

const gcc = [{ program: 'gcc' }] as const;

const quick: Way = {
  ...onSession,
  name: 'killer-of-a-moment',
  sentence: 'The killer does nothing else, and is gone within a millisecond.',
  needs: gcc,
  run: async (ground) => {
    const victim = await ground.sleeper();
    const argv = [ground.files.compile('quick-killer.c'), String(victim.pid), '9'];
    return killed([victim], 'SIGKILL', [await strike(ground, argv)]);
  },
};

/** Runs a script that notes its pid, the first argument, as a process of nobody's. */
const runNoted = async (ground: Ground, path: string, ...args: string[]): Promise<Killer> => {
  const note = ground.files.fresh();
  await runToEnd([path, note, ...args]);
  return { pid: await readPid(note), cmdline: [path] };
};

/** Its parents have ended before it kills. */
const doubleFork: Way = {
  ...onSession,
  name: 'killer-forked-twice',
  sentence: 'The killer has left whoever started it, as daemons do.',
  needs: [{ program: 'perl' }],
  run: async (ground) => {
    const victim = await ground.sleeper();
    const script = ground.files.script(
      'perl',
      `use POSIX;
exit if fork; setsid; exit if fork;
select undef, undef, undef, 0.01 while getppid != 1 && $tries++ < 100;
open F, ">", $ARGV[0]; print F "$$\\n"; close F;
kill 9, $ARGV[1];`,
    );
    return killed([victim], 'SIGKILL', [await runNoted(ground, script, String(victim.pid))]);
  },
};

const disguised: Way = {
  ...onSession,
  name: 'killer-disguised',
  sentence: 'The killer calls itself like a thread of the kernel.',
  needs: [{ program: 'python3' }],
  run: async (ground) => {
    const victim = await ground.sleeper();
    const script = ground.files.script(
      'python3',
      `import ctypes, os, sys
ctypes.CDLL(None).prctl(15, b'kworker/u8:10', 0, 0, 0)
os.kill(int(sys.argv[1]), 9)`,
    );
    return killed([victim], 'SIGKILL', [await strike(ground, [script, String(victim.pid)])]);
  },
};

const newlines: Way = {
  ...onSession,
  name: 'killer-with-newline',
  sentence:
    'The killer has a line break and a colon in its name, and a line of the kernel behind them.',
  needs: [{ program: 'perl' }],
  run: async (ground) => {
    const victim = await ground.sleeper();
    const text = '$0 = "x-1\\n: sig=9 pid=1"; kill 9, $ARGV[0];';
    const script = ground.files.script('perl', text);
    const { pid } = await strike(ground, [script, String(victim.pid)]);
    return killed([victim], 'SIGKILL', [{ pid, cmdline: [] }]);
  },
};

const two: Way = {
  ...onSession,
  name: 'two-killers',
  sentence: 'Two processes kill the same program in one moment.',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.sleeper();
    const both = [binary, builtin].map((means) => means.send(ground, 'KILL', victim.pid));
    return killed([victim], 'SIGKILL', await Promise.all(both));
  },
};

/** One whose program says when it is ready for signals. */
const trapping = async (ground: Ground, trap: string, then: string): Promise<Victim> => {
  const ready = ground.files.fresh();
  const script = ground.files.script('sh', `trap "${trap}" TERM; : >"${ready}"; ${then}`);
  const victim = await ground.victim([script]);
  await eventually('a trap', () => existsSync(ready) || undefined);
  return victim;
};

const deaf: Way = {
  ...onSession,
  name: 'signal-ignored-then-exit',
  sentence: 'A program is sent SIGTERM, which it ignores, and then ends by itself.',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await trapping(ground, '', 'read -r line; exit 5');
    await binary.send(ground, 'TERM', victim.pid);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    return died([victim], ['program-exit'], { exitStatus: 5 });
  },
};

const deafThenKilled: Way = {
  ...onSession,
  name: 'signal-ignored-then-killed',
  sentence: 'A program ignores the SIGTERM of one process and is killed by another.',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await trapping(ground, '', 'read -r line');
    await builtin.send(ground, 'TERM', victim.pid);
    return killed([victim], 'SIGKILL', [await binary.send(ground, 'KILL', victim.pid)]);
  },
};

/** Its status says nothing of the signal. */
const graceful: Way = {
  ...onSession,
  name: 'signal-handled',
  sentence: 'A program is sent SIGTERM, tidies up, and ends with status 0.',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await trapping(ground, 'exit 0', 'while :; do sleep 0.1; done');
    return killed([victim], 'SIGTERM', [await binary.send(ground, 'TERM', victim.pid)]);
  },
};

/** The kill next door came first. */
const neighbour: Way = {
  ...onSession,
  name: 'kill-next-door',
  sentence: 'A program in one pane is killed, and then that of the last pane ends by itself.',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.victim([ground.files.script('sh', 'read -r line; exit 8')]);
    const split = ['split-window', '-d', '-P', '-F', '#{pane_pid}', '-t', victim.session];
    const pid = Number(await ground.tmux(...split, 'sleep', '100000'));
    await binary.send(ground, 'KILL', pid);
    await untilGone(pid);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    return died([victim], ['program-exit'], { exitStatus: 8 });
  },
};

const probed: Way = {
  ...onSession,
  name: 'signal-zero',
  sentence: 'Somebody asks with signal 0 whether a program is there.',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.sleeper();
    await binary.send(ground, '0', victim.pid);
    return unharmed(victim);
  },
};

/** Killers that are hard to see, and signals that are not the cause. */
export const hidden: readonly Way[] = [
  quick,
  doubleFork,
  disguised,
  newlines,
  two,
  deaf,
  deafThenKilled,
  graceful,
  neighbour,
  probed,
];
