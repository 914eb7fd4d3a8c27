import { killed } from '../expected.ts';
import type { Ground } from '../ground/ground.ts';
import { readPid, strike } from '../ground/killer.ts';
import { binary, builtin } from '../ground/means.ts';
import { runToEnd } from '../ground/run-to-end.ts';
import type { Killer, Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

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

/** Killers that are hard to see. */
export const hidden: readonly Way[] = [quick, doubleFork, disguised, newlines, two];
