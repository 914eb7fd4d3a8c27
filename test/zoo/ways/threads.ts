import { existsSync } from 'node:fs';
import { eventually } from '../../e2e/sampled.ts';
import { died, killed } from '../expected.ts';
import type { Ground, Victim } from '../ground/ground.ts';
import { readPid, strike } from '../ground/killer.ts';
import { binary } from '../ground/means.ts';
import type { Way } from '../way.ts';

const onSession = {
  server: 'managed',
  ruins: 'session',
  needs: [{ program: 'python3' }, ...binary.needs],
} as const;

const byThread: Way = {
  ...onSession,
  name: 'killer-thread',
  sentence: 'The killer is a thread of a process, and not its first one.',
  server: 'both',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const script = ground.files.script(
      'python3',
      `import os, sys, threading
thread = threading.Thread(target=lambda: os.kill(int(sys.argv[1]), 9))
thread.start()
thread.join()`,
    );
    return killed([victim], 'SIGKILL', [await strike(ground, [script, String(victim.pid)])]);
  },
};

/** A program of two threads, and the number of the second one. */
const threaded = async (ground: Ground): Promise<Victim & { thread: number }> => {
  const note = ground.files.fresh();
  const script = ground.files.script(
    'python3',
    `import sys, threading, time
def run():
  open(sys.argv[1], "w").write(str(threading.get_native_id()) + "\\n")
  time.sleep(100000)
threading.Thread(target=run).start()
time.sleep(100000)`,
  );
  const victim = await ground.victim([script, note]);
  return { ...victim, thread: await readPid(note) };
};

/** Whoever is sent it, a signal that ends one thread ends all. */
const threadKilled: Way = {
  ...onSession,
  name: 'thread-killed',
  sentence: "A signal is sent to a single thread of a session's program, and all of it ends.",
  server: 'both',
  run: async (ground) => {
    const { thread, ...victim } = await threaded(ground);
    const script = ground.files.script(
      'python3',
      'import ctypes, sys; ctypes.CDLL(None).tgkill(int(sys.argv[1]), int(sys.argv[2]), 9)',
    );
    const argv = [script, String(victim.pid), String(thread)];
    return killed([victim], 'SIGKILL', [await strike(ground, argv)]);
  },
};

/** A program that tidies up after SIGINT, and then ends by it. */
const interruptible = async (ground: Ground): Promise<Victim> => {
  const ready = ground.files.fresh();
  const script = ground.files.script(
    'python3',
    `import sys, time
open(sys.argv[1], "w")
time.sleep(100000)`,
  );
  const victim = await ground.victim([script, ready]);
  await eventually('a handler', () => existsSync(ready) || undefined);
  return victim;
};

const interrupted: Way = {
  ...onSession,
  name: 'signal-raised-again',
  sentence: 'A program is sent SIGINT, tidies up, and sends itself the same.',
  run: async (ground) => {
    const victim = await interruptible(ground);
    return killed([victim], 'SIGINT', [await binary.send(ground, 'INT', victim.pid)]);
  },
};

const typed: Way = {
  ...onSession,
  name: 'ctrl-c-raised-again',
  sentence: 'Ctrl-C is typed at a program that tidies up and sends itself SIGINT.',
  run: async (ground) => {
    const victim = await interruptible(ground);
    await ground.tmux('send-keys', '-t', victim.session, 'C-c');
    return died([victim], ['signal'], { signal: 'SIGINT' });
  },
};

/** Threads, and signals that a runtime takes on its way. */
export const threads: readonly Way[] = [byThread, threadKilled, interrupted, typed];
