import type { Instance } from '../../model/events/server.ts';
import { applyManagedSettings } from './managed-settings.ts';
import { untilAlive } from './until-alive.ts';

/** For a server that systemd starts: waits until it answers. @throws TmuxFailure `tmux-not-answering` */
export const awaitServer = async (socket: string): Promise<Instance> => {
  const instance = await untilAlive(socket, null);
  await applyManagedSettings(socket);
  return instance;
};
