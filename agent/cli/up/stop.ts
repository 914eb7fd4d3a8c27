import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { StatusDocument } from '../../model/status/status.ts';
import type { Client } from '../../protocol/client.ts';
import type { Child } from './child.ts';

/** The whole stop takes less than 5 s: sessions, then children until `killAfterMs`, then the servers. */
const sessionsMs = 2000;
const killAfterMs = 4000;
const serverMs = 500;

/** Stops the children in order; those that do not go in time, or when `hurry` aborts, are killed. */
export const stopChildren = async (
  children: readonly Child[],
  startedAt: number,
  hurry: AbortSignal,
): Promise<void> => {
  const killAll = (): void => {
    for (const child of children) child.kill();
  };
  const timer = setTimeout(killAll, Math.max(0, startedAt + killAfterMs - performance.now()));
  hurry.addEventListener('abort', killAll, { once: true });
  if (hurry.aborted) killAll();
  for (const child of children) await child.stop();
  clearTimeout(timer);
};

const managedNames = ({ servers }: StatusDocument): Set<string> =>
  new Set(servers.filter(({ managed }) => managed).map(({ server }) => server));

/** Ends the sessions of our own servers through the agent, so that none is reported as a death. */
export const stopSessions = async (client: Client): Promise<void> => {
  const document = await client.call('status', {});
  const managed = managedNames(document);
  const stopped = document.sessions
    .filter(({ server, status }) => status === 'up' && managed.has(server))
    .map(({ session }) => client.call('session.stop', { session }).catch(() => null));
  await Promise.race([Promise.all(stopped), delay(sessionsMs, undefined, { ref: false })]);
};

/** Ends our own tmux servers by tmux itself, once nobody is left to start them again. */
export const killServers = async (sockets: readonly string[]): Promise<void> => {
  const kills = sockets.map(async (socket) => {
    const tmux = spawn('tmux', ['-N', '-S', socket, 'kill-server'], {
      stdio: 'ignore',
      timeout: serverMs,
      killSignal: 'SIGKILL',
    });
    // No tmux, or no server left: there is nothing to end.
    await once(tmux, 'exit').catch(() => null);
  });
  await Promise.all(kills);
};
