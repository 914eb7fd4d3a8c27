import { existsSync } from 'node:fs';
import { eventually } from '../../e2e/sampled.ts';
import { died, killed, unharmed } from '../expected.ts';
import type { Ground, Victim } from '../ground/ground.ts';
import { binary, builtin } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import { splitPane } from '../ground/split.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

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
    const pid = await splitPane(ground, victim.session, ['sleep', '100000']);
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

/** Signals that kill nobody by themselves: ignored, handled, or sent to somebody else. */
export const nonfatalSignals: readonly Way[] = [deaf, deafThenKilled, graceful, neighbour, probed];
