import { existsSync } from 'node:fs';
import { eventually } from '../../e2e/sampled.ts';
import { died, killed, unharmed } from '../expected.ts';
import { binary } from '../ground/means.ts';
import { childOf, untilGone } from '../ground/process.ts';
import { program } from '../ground/programs.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

const grandchild: Way = {
  ...onSession,
  name: 'grandchild-killed',
  sentence: 'A script runs a script, whose program is killed; both end with its status.',
  needs: binary.needs,
  run: async (ground) => {
    const script = ground.files.script('sh', '"$@"; exit $?');
    const victim = await ground.victim([script, script, 'sleep', '100000']);
    const last = await childOf(await childOf(victim.pid));
    return killed([victim], 'SIGKILL', [await binary.send(ground, 'KILL', last)]);
  },
};

const leader = (signal: string): Way => ({
  ...onSession,
  name: `leader-${signal.toLowerCase()}`,
  sentence: `The first program of a session, which waits for another, is sent SIG${signal}.`,
  server: 'both',
  needs: binary.needs,
  run: async (ground) => {
    const script = ground.files.script('sh', 'sleep 100000; exit $?');
    const victim = await ground.victim([script]);
    await childOf(victim.pid);
    return killed([victim], `SIG${signal}`, [await binary.send(ground, signal, victim.pid)]);
  },
});

/** It runs a program, and ends by the signal that has ended that. */
const wrapper = (name: string, about: string, argv: readonly string[]): Way => ({
  ...onSession,
  name: `killed-below-${name}`,
  sentence: `A program is killed that runs below ${about}, which does the same to itself.`,
  needs: [{ program: name }, ...binary.needs],
  run: async (ground) => {
    const file = ground.files.copy('sleep');
    const victim = await ground.victim([program(name), ...argv, file, '100000']);
    return killed([victim], 'SIGKILL', [
      await binary.send(ground, 'KILL', await childOf(victim.pid)),
    ]);
  },
});

/** unshare(1) cannot do to itself what was done to it, and says 1. */
const namespace: Way = {
  ...onSession,
  name: 'namespace-killed',
  sentence:
    'The first program of a PID namespace is killed, and who waits for it outside gives up.',
  needs: ['root', { program: 'unshare' }, ...binary.needs],
  run: async (ground) => {
    const file = ground.files.copy('sleep');
    const argv = [program('unshare'), '--pid', '--fork', file, '100000'];
    const victim = await ground.victim(argv);
    const killer = await binary.send(ground, 'KILL', await childOf(victim.pid));
    return died([victim], ['program-exit', 'signal'], { killers: [killer] });
  },
};

const timeout = (
  name: string,
  sentence: string,
  options: readonly string[],
  signal: boolean,
): Way => ({
  ...onSession,
  name,
  sentence,
  needs: [{ program: 'timeout' }],
  run: async (ground) => {
    const argv = [program('timeout'), ...options, '3', ground.files.copy('sleep'), '100000'];
    const victim = await ground.victim(argv);
    await untilGone(victim.pid);
    return signal
      ? died([victim], ['signal'], { signal: 'SIGKILL' })
      : died([victim], ['program-exit', 'signal'], { exitStatus: 124 });
  },
});

const childCrashed: Way = {
  ...onSession,
  name: 'child-crashed',
  sentence: 'A program that a script runs crashes, and the script ends with its status.',
  needs: [{ program: 'gcc' }],
  run: async (ground) => {
    const script = ground.files.script('sh', '"$@"; exit $?');
    const victim = await ground.victim([script, ground.files.compile('fault.c'), 'segv']);
    await childOf(victim.pid);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    return died([victim], ['program-crash', 'program-exit'], { exitStatus: 139 });
  },
};

const crashInShell: Way = {
  ...onSession,
  name: 'crash-in-shell',
  sentence: 'A program that somebody started in his shell crashes; the shell goes on.',
  needs: [{ program: 'gcc' }],
  run: async (ground) => {
    const victim = await ground.victim();
    const line = `${ground.files.compile('fault.c')} segv`;
    await ground.tmux('send-keys', '-t', victim.session, line, 'Enter');
    const child = await childOf(victim.pid);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    await untilGone(child);
    return unharmed(victim);
  },
};

const childReplaced: Way = {
  ...onSession,
  name: 'child-restarted',
  sentence: 'A script starts its program again when that is killed.',
  server: 'both',
  needs: binary.needs,
  run: async (ground) => {
    const file = ground.files.fresh();
    const script = ground.files.script('sh', `sleep 100000; : >"${file}"; sleep 100000`);
    const victim = await ground.victim([script]);
    await binary.send(ground, 'KILL', await childOf(victim.pid));
    await eventually('the next program', () => existsSync(file) || undefined);
    return unharmed(victim);
  },
};

/** Programs below the first one of a session, and those that are above others. */
export const descendants: readonly Way[] = [
  grandchild,
  leader('KILL'),
  leader('TERM'),
  leader('HUP'),
  wrapper('timeout', 'timeout(1)', ['100000']),
  namespace,
  timeout('timeout', "A session's program runs below timeout(1), and its time is over.", [], false),
  timeout(
    'timeout-kill',
    'timeout(1) ends a program by SIGKILL when its time is over, and itself too.',
    ['--signal=KILL'],
    true,
  ),
  childCrashed,
  crashInShell,
  childReplaced,
];
