import { died, killed } from '../expected.ts';
import type { Ground, Victim } from '../ground/ground.ts';
import { strike } from '../ground/killer.ts';
import { binary, builtin, everyMeans } from '../ground/means.ts';
import { childOf } from '../ground/process.ts';
import { program } from '../ground/programs.ts';
import type { Killer, Way } from '../way.ts';

type Sleeper = Victim & { program: string };

const onSession = { server: 'managed', ruins: 'session' } as const;

const byMeans = everyMeans.map(
  (means): Way => ({
    ...onSession,
    name: `kill-by-${means.name}`,
    sentence: `A session's program is killed by ${means.about}.`,
    server: means === builtin ? 'both' : 'managed',
    needs: means.needs,
    run: async (ground) => {
      const victim = await ground.sleeper();
      return killed([victim], 'SIGKILL', [await means.send(ground, 'KILL', victim.pid)]);
    },
  }),
);

/** SIGTERM looks the same to a program whoever sends it, and not to the kernel. */
const termByMeans = everyMeans
  .filter((means) => means !== binary)
  .map(
    (means): Way => ({
      ...onSession,
      name: `term-by-${means.name}`,
      sentence: `A session's program is sent SIGTERM by ${means.about}.`,
      needs: means.needs,
      run: async (ground) => {
        const victim = await ground.sleeper();
        return killed([victim], 'SIGTERM', [await means.send(ground, 'TERM', victim.pid)]);
      },
    }),
  );

const ofAllKinds = [
  ...['TERM', 'INT', 'HUP', 'QUIT', 'USR1', 'SEGV', 'ABRT'],
  ...['XCPU', 'XFSZ', 'ALRM', 'PIPE', 'IO', 'PROF'],
];

const bySignal = ofAllKinds.map(
  (signal): Way => ({
    ...onSession,
    name: `signal-${signal.toLowerCase()}`,
    sentence: `A session's program is sent SIG${signal}, and does nothing about it.`,
    needs: binary.needs,
    run: async (ground) => {
      const victim = await ground.sleeper();
      return killed([victim], `SIG${signal}`, [await binary.send(ground, signal, victim.pid)]);
    },
  }),
);

const realTime: Way = {
  ...onSession,
  name: 'signal-real-time',
  sentence: "A session's program is sent a real-time signal, which has no name.",
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.sleeper();
    return died([victim], ['signal'], { killers: [await binary.send(ground, '40', victim.pid)] });
  },
};

const byName = (name: string, sentence: string, argvOf: (victim: Sleeper) => string[]): Way => ({
  ...onSession,
  name,
  sentence,
  server: 'both',
  needs: [{ program: name.split('-')[0] ?? name }],
  run: async (ground) => {
    const victim = await ground.sleeper();
    const signal = argvOf(victim).includes('-9') ? 'SIGKILL' : 'SIGTERM';
    return killed([victim], signal, [await strike(ground, argvOf(victim))]);
  },
});

/** A child of the pane's leader dies, and the leader with the status of that. */
const childKilled: Way = {
  ...onSession,
  name: 'child-killed',
  sentence: "A child of the session's shell script is killed, and the script ends with its status.",
  needs: binary.needs,
  run: async (ground) => {
    const script = ground.files.script('sh', 'sleep 100000; exit $?');
    const victim = await ground.victim([script]);
    const killer = await binary.send(ground, 'KILL', await childOf(victim.pid));
    return killed([victim], 'SIGKILL', [killer]);
  },
};

const groupKilled: Way = {
  ...onSession,
  name: 'group-killed',
  sentence: "The whole process group of a session's program is killed.",
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.victim([ground.files.script('sh', 'sleep 100000; exit $?')]);
    await childOf(victim.pid);
    const argv = [program('kill'), '-KILL', '--', `-${victim.pid}`];
    return killed([victim], 'SIGKILL', [await strike(ground, argv)]);
  },
};

const twoSessions: Way = {
  ...onSession,
  name: 'two-sessions',
  sentence: 'One kill ends the programs of two sessions.',
  needs: binary.needs,
  run: async (ground: Ground) => {
    const victims = [await ground.sleeper(), await ground.sleeper()];
    const argv = [program('kill'), '-9', ...victims.map(({ pid }) => String(pid))];
    const killer: Killer = await strike(ground, argv);
    return killed(victims, 'SIGKILL', [killer]);
  },
};

/** Somebody sends a signal to a session's program. */
export const signals: readonly Way[] = [
  ...byMeans,
  ...termByMeans,
  ...bySignal,
  realTime,
  byName('pkill', "A session's program is found by its name and killed.", ({ program: name }) => [
    ...[program('pkill'), '-9', '-x', name],
  ]),
  byName('pkill-f', "A session's program is found by its command line.", ({ program: name }) => [
    ...[program('pkill'), '-f', name],
  ]),
  byName(
    'killall',
    "killall ends every program of a name, a session's too.",
    ({ program: name }) => [...[program('killall'), '-9', name]],
  ),
  childKilled,
  groupKilled,
  twoSessions,
];
