import { writeFileSync } from 'node:fs';
import { died, unharmed } from '../expected.ts';
import { type Cgroup, inLimitedCgroup } from '../ground/cgroup.ts';
import type { Ground, Victim } from '../ground/ground.ts';
import { childOf, untilGone } from '../ground/process.ts';
import type { Expected, ExpectedDeath, Way } from '../way.ts';

const limitBytes = 48 * 1024 * 1024;

const needs = ['root', 'a memory cgroup', { program: 'python3' }] as const;

/**
 * Goes into the cgroup it is given, waits for a line, and then takes memory until there is none; with another
 * argument in four processes, so that none of them has the most.
 */
const hog = (ground: Ground): string =>
  ground.files.script(
    'python3',
    `import os, sys
open(sys.argv[1], 'w').write(str(os.getpid()))
input()
if len(sys.argv) > 2: os.fork(), os.fork()
taken = []
while True: taken.append(b'x' * 1_000_000)`,
  );

const inCgroup = (ground: Ground, run: (cgroup: Cgroup) => Promise<Expected>): Promise<Expected> =>
  inLimitedCgroup('memory', ground.name(), limitBytes, run);

/** It waits for a line before it takes memory. */
const dieOfIt = async ({ tmux }: Ground, victim: Victim): Promise<ExpectedDeath> => {
  await tmux('send-keys', '-t', victim.session, 'Enter');
  await untilGone(victim.pid);
  return died([victim], ['oom-cgroup'], { signal: 'SIGKILL' });
};

const program: Way = {
  name: 'oom-program',
  sentence: "A session's program takes more memory than its cgroup may have.",
  server: 'both',
  ruins: 'session',
  needs,
  run: (ground) =>
    inCgroup(ground, async ({ procs }) => {
      const victim = await ground.victim([hog(ground), procs]);
      return dieOfIt(ground, victim);
    }),
};

const child: Way = {
  name: 'oom-child',
  sentence:
    'The kernel kills a child for want of memory, and its script ends with the status of that.',
  server: 'managed',
  ruins: 'session',
  needs,
  run: (ground) =>
    inCgroup(ground, async ({ procs }) => {
      const script = ground.files.script('sh', '"$@"; exit $?');
      const victim = await ground.victim([script, hog(ground), procs]);
      await childOf(victim.pid);
      return dieOfIt(ground, victim);
    }),
};

const inShell: Way = {
  name: 'oom-in-shell',
  sentence: 'The kernel kills what somebody started in his shell; the shell goes on.',
  server: 'managed',
  ruins: 'session',
  needs,
  run: (ground) =>
    inCgroup(ground, async ({ procs }) => {
      const victim = await ground.victim();
      const line = `${hog(ground)} ${procs}`;
      await ground.tmux('send-keys', '-t', victim.session, line, 'Enter');
      const pid = await childOf(victim.pid);
      await ground.tmux('send-keys', '-t', victim.session, 'Enter');
      await untilGone(pid);
      return unharmed(victim);
    }),
};

/** The server is the one that the kernel chooses. */
const server: Way = {
  name: 'oom-server',
  sentence: 'The kernel kills the tmux server for want of memory in its cgroup.',
  server: 'both',
  ruins: 'server',
  needs,
  run: (ground) =>
    inCgroup(ground, async ({ procs }) => {
      const eater = await ground.victim([hog(ground), procs, 'four']);
      const pid = await ground.serverPid();
      // Whatever else takes memory there, the kernel takes this one first.
      writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
      writeFileSync(procs, String(pid));
      await ground.tmux('send-keys', '-t', eater.session, 'Enter');
      await untilGone(pid);
      return died([eater], ['oom-cgroup'], { scope: 'server', signal: 'SIGKILL' });
    }),
};

/** Want of memory, in a cgroup of the way's own. */
export const memory: readonly Way[] = [program, child, inShell, server];
