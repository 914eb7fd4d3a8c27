import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { isCreate, openDoor } from './link-door.ts';
import { type Rig, startRig } from './rig.ts';
import { eventually } from './sampled.ts';
import { tmuxOn } from './tmux.ts';

/** One that dies, to see that there was time for something to happen that must not. */
const fence = 'calm';

const configOf = (names: readonly string[]): string =>
  [
    'recovery: {maxRestarts: 50, firstWait: 100ms, longestWait: 100ms}',
    `servers: {${names.map((name) => `${name}: {}`).join(', ')}}`,
    'sessions:',
    ...names.map(
      (name) =>
        `  ${name}: {server: ${name}, command: "echo $$ >>HOME/${name}.marks; exec sleep 12000"}`,
    ),
  ].join('\n');

/** What was asked of a session, and what came of it, in order. */
const aboutOf = (rig: Rig) => (name: string) => {
  const requested = rig
    .of('action.requested')
    .filter(({ data }) => data.target.session === name)
    .map(({ data }) => data.action);
  const outcomes = [...rig.of('action.done'), ...rig.of('action.failed'), ...rig.of('action.lost')]
    .filter(({ data }) => requested.includes(data.action))
    .toSorted((a, b) => a.seq - b.seq);
  return { requested: requested.length, outcomes };
};

/**
 * Sessions that write down each of their programs, on a server each: what befalls one is no matter of the others. Between
 * agent and link is a door.
 */
export const startGround = async (t: Test, ...tried: string[]) => {
  const names = [...tried, fence];
  const rig = await startRig(t, { config: configOf(names), link: false });
  const door = await openDoor(t, join(rig.home, 'door.sock'), rig.paths.linkSocket);
  const startLink = (): Promise<void> => rig.startLink(door.socket);
  await startLink();
  await rig.up(...names);

  /** The programs it had so far. */
  const programsOf = (name: string): number[] => {
    const file = join(rig.home, `${name}.marks`);
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : [];
  };
  for (const name of names) await eventually('its program', () => programsOf(name)[0]);

  const about = aboutOf(rig);
  /** Never 0: that is everybody of this test's group. */
  const kill = (name: string): void => {
    process.kill(programsOf(name).at(-1) || Number.NaN, 'SIGKILL');
  };
  const sessionsOn = async (name: string): Promise<string[]> =>
    (await tmuxOn(rig.socket(name), 'list-sessions', '-F', '#{session_name}')).split('\n');

  /** One that dies after it and is back has given it all the time there is. */
  const afterAnother = async (): Promise<void> => {
    const before = programsOf(fence).length;
    kill(fence);
    await eventually('another to be back', () =>
      programsOf(fence).length > before ? true : undefined,
    );
    await rig.up(fence);
  };

  const untilSettled = (name: string): Promise<boolean> =>
    rig.until('what came of each action', () => {
      const { outcomes, requested } = about(name);
      return outcomes.length === requested ? true : undefined;
    });

  return {
    ...{ rig, door, startLink, programsOf, about, kill, sessionsOn, afterAnother, untilSettled },

    /** Its program ends, and the request for a new one is on its way, and held. */
    createHeld: async (name: string): Promise<void> => {
      const told = door.hold('to-link', isCreate(name));
      kill(name);
      await told;
    },

    /** It has had so many programs, is up, and nothing of it is open. */
    hasLives: async (t: Test, name: string, lives: number): Promise<void> => {
      await eventually('its new life', () => (programsOf(name).length >= lives ? true : undefined));
      await rig.up(name);
      await untilSettled(name);
      await afterAnother();
      t.equal(programsOf(name).length, lives, 'so many lives');
      t.strictSame(await sessionsOn(name), [name], 'one session');
      const twice = about(name).outcomes.filter(({ data }) =>
        JSON.stringify(data).includes('duplicate'),
      );
      t.strictSame(twice, [], 'nothing was tried that was there');
    },

    restartAgent: async (): Promise<void> => {
      await rig.agent.kill('SIGKILL');
      await rig.startAgent();
    },

    restartLink: async (): Promise<void> => {
      await rig.link.kill('SIGKILL');
      await startLink();
    },
  };
};
