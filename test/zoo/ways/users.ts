import { eventually } from '../../e2e/sampled.ts';
import { killed, unharmed } from '../expected.ts';
import type { Ground, Victim } from '../ground/ground.ts';
import { strike } from '../ground/killer.ts';
import { binary, nobody } from '../ground/means.ts';
import { becomeNobody, nobodyUid } from '../ground/nobody.ts';
import { uidOf } from '../ground/process.ts';
import { program } from '../ground/programs.ts';
import type { Way } from '../way.ts';

const onSession = {
  server: 'managed',
  ruins: 'session',
  needs: nobody.needs,
} as const;

/** A session whose program is another user's. */
const ofNobody = async (ground: Ground): Promise<Victim> => {
  const victim = await ground.victim([program('setpriv'), ...becomeNobody, 'sleep', '100000']);
  const isTheirs = (): true | undefined => uidOf(victim.pid) === nobodyUid || undefined;
  await eventually(`uid ${nobodyUid} of ${victim.pid}`, isTheirs);
  return victim;
};

const owner: Way = {
  ...onSession,
  name: 'killed-by-owner',
  sentence: "A session's program of another user is killed by that user.",
  run: async (ground) => {
    const victim = await ofNobody(ground);
    const kill = [program('kill'), '-KILL', String(victim.pid)];
    const { pid } = await strike(ground, [program('setpriv'), ...becomeNobody, ...kill]);
    return killed([victim], 'SIGKILL', [{ pid, cmdline: kill, uid: nobodyUid }]);
  },
};

const root: Way = {
  ...onSession,
  name: 'killed-by-root',
  sentence: "A session's program of another user is killed by root.",
  run: async (ground) => {
    const victim = await ofNobody(ground);
    const killer = await binary.send(ground, 'KILL', victim.pid);
    return killed([victim], 'SIGKILL', [{ ...killer, uid: 0 }]);
  },
};

const refused: Way = {
  ...onSession,
  name: 'kill-refused',
  sentence: "Somebody without the right to it tries to kill a session's program.",
  server: 'both',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const kill = [program('kill'), '-KILL', String(victim.pid)];
    await strike(ground, [program('setpriv'), ...becomeNobody, ...kill]);
    return unharmed(victim);
  },
};

/** Whose programs are whose, and who may kill them. */
export const users: readonly Way[] = [owner, root, refused];
