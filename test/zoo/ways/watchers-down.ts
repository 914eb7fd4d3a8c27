import { killed } from '../expected.ts';
import type { Ground } from '../ground/ground.ts';
import { binary } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import type { Expected, Way } from '../way.ts';

/** Who is away while it happens. */
interface Absence {
  name: string;
  about: string;
  leave(ground: Ground): Promise<void>;
  comeBack(ground: Ground): Promise<void>;
}

const agentKilled: Absence = {
  name: 'agent-down',
  about: 'the agent is down',
  leave: ({ rig }) => rig.agent.kill('SIGKILL'),
  comeBack: ({ rig }) => rig.startAgent(),
};

const agentStopped: Absence = {
  name: 'agent-stopped',
  about: 'the agent is stopped in good order',
  leave: ({ rig }) => rig.agent.kill('SIGTERM'),
  comeBack: ({ rig }) => rig.startAgent(),
};

const linkKilled: Absence = {
  name: 'link-down',
  about: 'the link is down',
  leave: ({ rig }) => rig.link.kill('SIGKILL'),
  comeBack: ({ rig }) => rig.startLink(),
};

const bothKilled: Absence = {
  name: 'agent-and-link-down',
  about: 'agent and link are down',
  leave: async ({ rig }) => {
    await Promise.all([rig.agent.kill('SIGKILL'), rig.link.kill('SIGKILL')]);
  },
  comeBack: async ({ rig }) => {
    await rig.startAgent();
    await rig.startLink();
  },
};

/** Only where the kernel is asked at all. */
const witnessKilled: Absence = {
  name: 'witness-down',
  about: 'nobody asks the kernel',
  leave: async ({ witness }) => witness?.end('SIGKILL'),
  comeBack: async ({ witness }) => witness?.start(),
};

const allKilled: Absence = {
  name: 'all-down',
  about: 'agent, link and witness are down',
  leave: async (ground) => {
    await Promise.all([bothKilled.leave(ground), witnessKilled.leave(ground)]);
  },
  comeBack: async (ground) => {
    await witnessKilled.comeBack(ground);
    await bothKilled.comeBack(ground);
  },
};

const during = async (
  { leave, comeBack }: Absence,
  ground: Ground,
  kill: () => Promise<Expected>,
): Promise<Expected> => {
  await leave(ground);
  const expected = await kill();
  await comeBack(ground);
  return expected;
};

const ofSession = (absence: Absence): Way => ({
  name: `killed-${absence.name}`,
  sentence: `A session's program is killed while ${absence.about}.`,
  server: 'both',
  ruins: 'watchers',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.sleeper();
    // The server goes on.
    await ground.sleeper();
    return during(absence, ground, async () => {
      const killer = await binary.send(ground, 'KILL', victim.pid);
      await untilGone(victim.pid);
      return killed([victim], 'SIGKILL', [killer]);
    });
  },
});

const ofServer = (absence: Absence): Way => ({
  name: `server-killed-${absence.name}`,
  sentence: `The tmux server is killed while ${absence.about}.`,
  server: 'both',
  ruins: 'watchers',
  needs: binary.needs,
  run: async (ground) => {
    const victims = [await ground.sleeper(), await ground.sleeper()];
    const pid = await ground.serverPid();
    return during(absence, ground, async () => {
      const killer = await binary.send(ground, 'KILL', pid);
      await untilGone(pid);
      return killed(victims, 'SIGKILL', [killer], 'server');
    });
  },
});

const absences = [agentKilled, agentStopped, linkKilled, bothKilled, witnessKilled, allKilled];

/** Kills that nobody of ours was there to see. */
export const watchersDown: readonly Way[] = [
  ...absences.map(ofSession),
  ...[agentKilled, linkKilled, witnessKilled].map(ofServer),
];
