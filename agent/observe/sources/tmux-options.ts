import type { AskedServer } from '../../model/asked-server.ts';
import type { Instance } from '../../model/events/server.ts';
import { sameInstance } from '../../model/life.ts';
import type { TmuxOption } from '../../model/source-fact/tmux.ts';
import type { LinkNotifications } from '../../protocol/link.ts';
import type { EndingOptions, SessionRow } from '../../protocol/listing.ts';
import type { Source } from './source.ts';

const name = 'tmux-options';

type Listing = LinkNotifications['server.listing'];

/** A session as it was last listed. */
interface Row extends Pick<SessionRow, 'tmuxId' | 'attached'> {
  options: EndingOptions;
  at: number;
  /** When a listing first lacked it; null: it is there. */
  goneAt: number | null;
}

/** What was listed of one run of a server. */
interface Known extends Instance {
  /** It listed sessions without their options. */
  isMute: boolean;
  rows: Map<string, Row>;
}

/** A session that is gone is remembered so long, ms: a verdict on it comes within seconds. */
const goneMs = 120_000;

/** With those that are gone; a listing holds a thousand. */
const maxRows = 2000;

const kept = (rows: ReadonlyMap<string, Row>, { at, sessions }: Listing): Map<string, Row> => {
  const gone = [...rows.values()]
    .map((row) => ({ ...row, goneAt: row.goneAt ?? at }))
    .filter(({ goneAt }) => at - goneAt <= goneMs);
  const there = sessions.flatMap(({ tmuxId, attached, options }): Row[] =>
    options ? [{ tmuxId, attached, options, at, goneAt: null }] : [],
  );
  return new Map([...gone, ...there].slice(-maxRows).map((row) => [row.tmuxId, row]));
};

const clients = (count: number): string => (count === 1 ? '1 client' : `${count} clients`);

const ofSession = (server: string, { tmuxId, attached, options, at }: Row): TmuxOption => {
  const { destroyUnattached: value } = options;
  return {
    ...{ kind: 'tmux-option', at, source: name, server, option: 'destroy-unattached', tmuxId },
    isOn: value !== 'off',
    text: `destroy-unattached was ${value} for session ${tmuxId}, to which ${clients(attached)} ${attached === 1 ? 'was' : 'were'} attached`,
  };
};

const ofServer = (server: string, { rows }: Known): TmuxOption[] => {
  const [last] = [...rows.values()].sort((a, b) => b.at - a.at);
  if (!last) return [];
  const { at, options } = last;
  const fact = (option: 'exit-unattached' | 'exit-empty', isOn: boolean): TmuxOption => ({
    ...{ kind: 'tmux-option', at, source: name, server, option, isOn, tmuxId: null },
    text: `${option} of the server was ${isOn ? 'on' : 'off'} when it was last listed`,
  });
  return [fact('exit-unattached', options.exitUnattached), fact('exit-empty', options.exitEmpty)];
};

/**
 * Options by which tmux ends sessions and servers by itself, as the last whole listing had them: of what is gone they
 * cannot be asked any more. A server that went with its own words is told of in its end.
 */
export const createTmuxOptions = () => {
  const servers = new Map<string, Known>();

  const factsOf = ({ server, instance, sessions, ended }: AskedServer): TmuxOption[] => {
    const known = servers.get(server);
    if (!known || !sameInstance(known, instance)) return [];
    const rows = sessions.flatMap((tmuxId) => known.rows.get(tmuxId) ?? []);
    return [
      ...rows.map((row) => ofSession(server, row)),
      ...(ended ? ofServer(server, known) : []),
    ];
  };

  const source: Source = {
    name,
    probe: async () =>
      [...servers.values()].some(({ isMute }) => !isMute)
        ? { ok: true }
        : {
            ...{ ok: false, why: 'no tmux server was listed yet, or its version tells no options' },
            advice:
              'nothing: a link lists each server as soon as it runs; `holdfast status` shows the links',
          },
    ask: async (_span, about) => about.servers.flatMap(factsOf),
  };

  return {
    source,
    /** Takes up what a whole listing told; `new`: it is the first of that run of the server. */
    listed(listing: Listing): 'new' | 'known' {
      const { server, instance } = listing;
      const known = servers.get(server);
      const isSame = known !== undefined && sameInstance(known, instance);
      const rows = kept(isSame ? known.rows : new Map(), listing);
      const isMute = listing.sessions.some(({ options }) => !options);
      servers.set(server, { ...instance, isMute, rows });
      return isSame ? 'known' : 'new';
    },
  };
};
