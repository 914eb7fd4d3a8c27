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
