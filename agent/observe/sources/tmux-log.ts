import type { AskedServer } from '../../model/asked-server.ts';
import { Failure, messageOf } from '../../model/failure.ts';
import type { SourceFact } from '../../model/source-fact.ts';
import type { SeenProcess } from '../../model/witnessed.ts';
import type { TmuxLog } from '../../protocol/link.ts';
import { cutFacts } from './cut.ts';
import { beganBy, loggedCommands } from './parse/logged-commands.ts';
import { named } from './parse/said.ts';
import type { Availability, Source, Span } from './source.ts';

const name = 'tmux-log';

type RunningServer = Pick<AskedServer, 'server' | 'instance'>;

/** What is needed to ask a tmux server: only its link may. */
export interface TmuxLogPorts {
  /** The servers that run, and have a link. */
  servers(): RunningServer[];
  /** What the link answered, of which nothing is believed. Null: nobody is attached. @throws Failure */
  read(of: RunningServer): Promise<TmuxLog | null>;
  /** A process that runs now, of the owner of that server or of root; null: there is none. */
  see(pid: number, server: string): SeenProcess | null;
}

/** An incident is of one server; more of them at once are asked for none. */
const maxServers = 4;

const nobody = 'nobody is attached, and before 3.6 tmux shows its log to nobody else';

const noServer: Availability = {
  ...{ ok: false, why: 'no tmux server runs that a link is connected for' },
  advice: 'nothing: it is read where a server lives on; `holdfast status` shows the links',
};

const unattached: Availability = {
  ...{ ok: false, why: nobody },
  advice: 'nothing, or tmux 3.6: the log of a server can be read while somebody is attached to it',
};

const unreadable = (cause: unknown): Availability => ({
  ...{ ok: false, why: named(messageOf(cause)) },
  advice: 'nothing: it is tried at each death; `holdfast status` shows the links',
});

/** tmux keeps so many entries, and the link reads so many lines. */
const cutOf = (log: TmuxLog, { since }: Span): string | null => {
  if (log.lines.length < log.limit && !log.cut) return null;
  const isAll = (beganBy(log) ?? since) < since;
  return isAll ? null : `tmux keeps only the last ${log.limit} entries of its log`;
};

/**
 * The commands a tmux server was given, by its own log (`show-messages`, of tmux 3.2 and later). It is gone with the
 * server, and to the minute.
 * @throws Failure `tmux-log-unread`
 */
export const createTmuxLog = ({ servers, read, see }: TmuxLogPorts): Source => {
  const ofServer = async (asked: AskedServer, span: Span): Promise<SourceFact[]> => {
    const log = await read(asked);
    if (log === null) throw new Failure('tmux-log-unread', nobody);
    const { server } = asked;
    const near = loggedCommands(log, { source: name, server, see }).filter(
      ({ at, until }) => at <= span.until && until >= span.since,
    );
    return [...near, ...cutFacts(name, span.until, cutOf(log, span))];
  };

  return {
    name,
    probe: async () => {
      const [some] = servers();
      if (!some) return noServer;
      try {
        return (await read(some)) ? { ok: true } : unattached;
      } catch (cause) {
        return unreadable(cause);
      }
    },
    ask: async (span, about) => {
      const living = about.servers.filter(({ ended }) => !ended).slice(0, maxServers);
      return (await Promise.all(living.map((asked) => ofServer(asked, span)))).flat();
    },
  };
};
