import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Instance } from '../../model/events/server.ts';
import { TmuxFailure } from '../../model/failure.ts';
import { instanceStat } from '../../os/process-stat.ts';
import { probe } from '../tmux/probe.ts';
import { socketTaken, untilAlive } from './until-alive.ts';

/**
 * SIGUSR1 makes a tmux server create its socket again; its directory must be there first. A managed server
 * takes its socket back; an adopted one does not, for the server that has it now is the owner's too.
 */
export const repairSocket = async (
  socket: string,
  instance: Instance,
  managed: boolean,
): Promise<void> => {
  if (instanceStat(instance)?.comm !== 'tmux: server') {
    throw new TmuxFailure(
      'not-a-tmux-server',
      `pid ${instance.pid} is not the tmux server any more`,
    );
  }
  const there = managed ? null : await probe(socket);
  if (there?.kind === 'alive' && there.instance.pid !== instance.pid) {
    throw socketTaken(socket, there.instance);
  }
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
  process.kill(instance.pid, 'SIGUSR1');
  await untilAlive(socket, instance.pid);
};
