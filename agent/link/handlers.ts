import type { Instance } from '../model/events/server.ts';
import type { LinkMethods } from '../protocol/link.ts';
import { sendKeys } from './command/keys.ts';
import { repairSocket } from './command/repair-socket.ts';
import { sendSignal } from './command/send-signal.ts';
import { createSession, killSession } from './command/session.ts';
import type { Probes } from './probe/probes.ts';
import { captureLive } from './screen/live.ts';
import type { Servers } from './servers.ts';
import { readTmuxLog } from './tmux-log.ts';

export type Handlers = {
  [M in keyof LinkMethods]: (
    params: LinkMethods[M]['params'],
  ) => Promise<LinkMethods[M]['result']> | LinkMethods[M]['result'];
};

/**
 * What the agent may ask of this link. What changes a server answers after the listing that shows its effect, so
 * the agent hears of the effect first.
 */
export const createHandlers = (
  { watch, watcherOf, configOf }: Servers,
  bringUp: (socket: string, config: string | null) => Promise<Instance>,
  probes: Pick<Probes, 'run'>,
): Handlers => ({
  watch: ({ servers }) => {
    watch(servers);
    return {};
  },
  'server.start': async ({ server }) => {
    const watcher = watcherOf(server);
    const instance = await bringUp(watcher.socket, configOf(server));
    await watcher.resync();
    return { instance };
  },
  'socket.repair': async ({ server, instance }) => {
    const watcher = watcherOf(server);
    await repairSocket(watcher.socket, instance, watcher.managed);
    await watcher.resync();
    return {};
  },
  'session.create': async (params) => {
    const watcher = watcherOf(params.server);
    const tmuxId = await createSession(watcher.socket, params);
    await watcher.resync();
    return { tmuxId };
  },
  'session.kill': async ({ server, instance, tmuxId }) => {
    const watcher = watcherOf(server);
    await killSession(watcher.socket, instance, tmuxId);
    await watcher.resync();
    return {};
  },
  'screen.capture': ({ server, instance, tmuxId }) =>
    captureLive(watcherOf(server).socket, instance, tmuxId),
  'messages.read': async ({ server, instance }) => ({
    log: await readTmuxLog(watcherOf(server).socket, instance),
  }),
  'probe.run': ({ probe }) => probes.run(probe),
  'signal.send': async ({ server, instance, tmuxId, signal }) => {
    await sendSignal(watcherOf(server).socket, instance, tmuxId, signal);
    return {};
  },
  'keys.send': async ({ server, instance, tmuxId, text, enter }) => {
    await sendKeys(watcherOf(server).socket, instance, tmuxId, { text, enter });
    return {};
  },
});
