import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import type { SeenProcess } from '../../../../agent/model/witnessed.ts';
import { loggedCommands } from '../../../../agent/observe/sources/parse/logged-commands.ts';
import { createTmuxOptions } from '../../../../agent/observe/sources/tmux-options.ts';
import type { EndingOptions } from '../../../../agent/protocol/listing.ts';
import { listing, session } from '../../observe/sample-world.ts';
import { atSecond, startTimeOf } from '../witnessed/read-trace.ts';

/** A client of tmux in control mode that runs still. */
export const controlClient = (pid: number): SeenProcess => ({
  ...{ pid, startTime: startTimeOf(pid), comm: 'tmux: client', seenBy: 'proc', uid: 1000 },
  ...{ cmdline: 'tmux -C attach', loginUid: 1000, auditSession: 3, cgroup: '/cron.service' },
  ancestry: [{ pid: 1, startTime: 1, comm: 'systemd', cmdline: null, seenBy: null }],
});

/** What the log of the server `main` has that is read at `seconds`, where it is 12:00 then; newest first. */
export const logged = (
  seconds: number,
  lines: readonly string[],
  running: readonly number[] = [],
): SourceFact[] =>
  loggedCommands(
    {
      ...{ at: atSecond(seconds), clock: '12:00', limit: 1000, cut: false, lines: [...lines] },
      clients: [{ name: '/dev/pts/3', pid: 303 }],
    },
    {
      ...{ source: 'tmux-log', server: 'main' },
      see: (pid) => (running.includes(pid) ? controlClient(pid) : null),
    },
  );

/** The options that `main`, of that pid, was last listed with, for the session `$1`. */
export const options = async (
  pid: number,
  changes: Partial<EndingOptions>,
  ended = false,
): Promise<SourceFact[]> => {
  const { source, listed } = createTmuxOptions();
  const instance = { pid, startTime: startTimeOf(pid) };
  const all = { destroyUnattached: 'off', exitUnattached: false, exitEmpty: false, ...changes };
  listed(listing([session(1, 'api', { options: all })], { instance, at: atSecond(99) }));
  const servers = [{ server: 'main', instance, sessions: ['$1'], ended }];
  const span = { since: 0, until: Number.MAX_SAFE_INTEGER };
  return source.ask(span, { units: [], servers }, new AbortController().signal);
};
