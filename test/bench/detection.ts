import { setTimeout as wait } from 'node:timers/promises';
import { startServer } from '../e2e/tmux.ts';
import { cutMs, exactNow } from './clock.ts';
import { createSessions, idle, mainSocket, sessionNames } from './fleet.ts';
import type { Heard } from './heard.ts';
import type { Polling } from './polling.ts';
import type { Stack } from './stack.ts';

/** What one kill took, ms. */
export interface Kill {
  /** From the kill to the time of the event. */
  detected: number;
  /** From the kill to the polling loop's finding. */
  polled: number;
  /** From the kill to the receipt of the stored verdict. */
  judged: number;
}

export interface Scene {
  stack: Stack;
  heard: Heard;
  polling: Polling;
  /** Types a command into an attached control client: there is no process to start between us and the kill. */
  command(text: string): void;
}

/** The kill falls at a random moment between two looks of the polling loop. */
const untilRandomMoment = async ({ polling }: Scene, session: string): Promise<void> => {
  await polling.next(session, 'up');
  await wait(Math.random() * 1000);
};

const untilJudged = async ({ heard }: Scene, seq: number, incident: string): Promise<number> => {
  const verdict = await heard.first(seq, 'verdict.reached', (data) => data.incident === incident);
  return verdict.receivedAt;
};

/** Kills one session of the managed server, by SIGKILL of its program or by tmux's kill-session. */
export const killSession = async (
  scene: Scene,
  session: string,
  how: 'SIGKILL' | 'kill-session',
): Promise<Kill> => {
  const { heard, polling, stack } = scene;
  const before = heard.head();
  await createSessions(mainSocket(stack), [session], idle);
  const { event } = await heard.first(
    before,
    'supervision.started',
    (data) => data.session === session,
  );
  await untilRandomMoment(scene, session);

  const polled = polling.next(session, 'gone');
  const died = heard.first(event.seq, 'session.died', (data) => data.session === session);
  const at = exactNow();
  if (how === 'SIGKILL') process.kill(event.data.panes[0]?.pid ?? 0, 'SIGKILL');
  else scene.command(`kill-session -t =${session}`);
  const { event: death } = await died;
  const judged = await untilJudged(scene, death.seq, death.data.incident);
  return { detected: death.at + cutMs - at, judged: judged - at, polled: (await polled) - at };
};

/** Sessions of each server that is killed. */
const sessionsEach = 2;

export const victimSocket = (home: string, server: string): string => `${home}/own/${server}`;

/** Kills one adopted server by SIGKILL, all of its sessions with it. */
export const killServer = async (scene: Scene, server: string): Promise<Kill> => {
  const { heard, polling, stack } = scene;
  const before = heard.head();
  const names = sessionNames(server, sessionsEach);
  await startServer(victimSocket(stack.home, server), ...names);
  const { event } = await heard.first(before, 'server.found', (data) => data.server === server);
  await Promise.all(
    names.map((name) =>
      heard.first(before, 'supervision.started', ({ session }) => session === name),
    ),
  );
  const session = names[0] ?? '';
  await untilRandomMoment(scene, session);

  const polled = polling.next(session, 'gone');
  const died = heard.first(event.seq, 'server.died', (data) => data.server === server);
  const ended = heard.first(event.seq, 'session.died', (data) => data.session === session);
  const at = exactNow();
  process.kill(event.data.instance.pid, 'SIGKILL');
  const { event: death } = await died;
  const { incident } = (await ended).event.data;
  const judged = await untilJudged(scene, death.seq, incident);
  return { detected: death.at + cutMs - at, judged: judged - at, polled: (await polled) - at };
};
