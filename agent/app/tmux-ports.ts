import { RequestFailure } from '../model/failure.ts';
import { isRunning } from '../model/life.ts';
import type { State } from '../model/state.ts';
import type { ConnectedLink } from '../observe/link/links.ts';
import { checkTmuxLog } from '../observe/link/tmux-log.ts';
import { nameOfUser } from '../observe/machine/accounts.ts';
import { seeProcess } from '../observe/machine/see-process.ts';
import type { TmuxLogPorts } from '../observe/sources/tmux-log.ts';

/** What sources of evidence ask tmux servers: through their links, because no other process of ours may speak to one. */
export const tmuxPorts = (
  state: () => State,
  linkOf: (server: string) => ConnectedLink | null,
): TmuxLogPorts => ({
  servers: () =>
    Object.values(state().servers).flatMap(({ server, instance, status }) =>
      instance && isRunning({ status }) && linkOf(server) ? [{ server, instance }] : [],
    ),
  read: async ({ server, instance }) => {
    const link = linkOf(server);
    if (!link) throw new RequestFailure('no-link', `no link is connected for ${server}`);
    return checkTmuxLog(await link.call('messages.read', { server, instance }));
  },
  see: (pid, server) => {
    const seen = seeProcess(pid);
    // A link is believed about its owner's processes, and about those of root, who may do all.
    const isHis =
      seen?.uid === 0 || (seen?.uid != null && nameOfUser(seen.uid) === linkOf(server)?.owner);
    return isHis ? seen : null;
  },
});

/** One of each in turn: who has many keeps nobody waiting. */
const interleaved = <T>(lists: readonly (readonly T[])[]): T[] => {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const turns = Array.from({ length: longest }, (_, turn) => turn);
  return turns.flatMap((turn) => lists.flatMap((list) => list.slice(turn, turn + 1)));
};

/** The tmux servers that run, then the leaders of their panes, a pane of each server in turn. */
export const leadersIn = ({ servers, lives }: State): number[] => {
  const running = Object.values(servers).flatMap(({ instance, status }) =>
    instance && isRunning({ status }) ? instance.pid : [],
  );
  const byServer = Map.groupBy(Object.values(lives), ({ server }) => server);
  const panes = [...byServer.values()].map((some) =>
    some.flatMap((life) => life.panes.map(({ pid }) => pid)),
  );
  return [...running, ...interleaved(panes)].filter((pid) => pid > 0);
};
