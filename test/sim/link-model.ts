import type { Instance } from '../../agent/model/events/server.ts';
import type { LinkMethods, LinkNotifications } from '../../agent/protocol/link.ts';
import type { PaneRow } from '../../agent/protocol/listing.ts';
import type { Machine } from './machine.ts';
import type { TmuxServer } from './tmux-server.ts';
import type { Sight } from './truth.ts';

/** What goes from the link to the agent, in order. */
export type Message =
  | { [M in keyof LinkNotifications]: Told<M> }[keyof LinkNotifications]
  | { kind: 'answer'; call: number; failure: string | null };

export interface Told<M extends keyof LinkNotifications = keyof LinkNotifications> {
  kind: 'told';
  method: M;
  params: LinkNotifications[M];
  /** What there was to be seen at that moment, for the judge and not for the agent. */
  sight: Sight | null;
}

export type Call = {
  [M in keyof LinkMethods]: { id: number; method: M; params: LinkMethods[M]['params'] };
}[keyof LinkMethods];

type Trouble = LinkNotifications['server.unreachable']['why'];

interface Watch {
  server: TmuxServer;
  instance: Instance | null;
  /** Whether a control client is connected: it outlives the socket's file. */
  control: boolean;
  trouble: Trouble | null;
  known: Set<string>;
}

const paneKey = ([tmuxId, id, pid]: readonly [string, string, number]): string =>
  `${tmuxId} ${id} ${pid}`;

/** What agent/link/watch/watcher.ts does, without its clocks and processes. */
export class LinkModel {
  readonly pid: number;
  readonly outbox: Message[] = [];
  /** Listings are made and lost on the way. */
  swallows = false;
  readonly #machine: Machine;
  readonly #watches: Watch[];

  constructor(machine: Machine, servers: readonly TmuxServer[]) {
    this.#machine = machine;
    this.pid = machine.startProcess().pid;
    this.#watches = servers.map((server) => ({
      ...{ server, instance: null, control: false, trouble: null, known: new Set<string>() },
    }));
  }

  /** A new agent knows nothing: everything is told again. */
  repeat(): void {
    this.outbox.length = 0;
    for (const watch of this.#watches) {
      watch.trouble = null;
      this.#full(watch);
    }
    this.look();
  }

  /** The control client of a server said that sessions came, went or were renamed. */
  notice(server: TmuxServer): void {
    const watch = this.#watchOf(server);
    if (!watch.control || server.stopped) return;
    if (this.#brief(watch)) this.#full(watch);
  }

  /** The control client's connection broke. */
  serverEnded(server: TmuxServer, how: 'exited' | 'killed'): void {
    const watch = this.#watchOf(server);
    if (watch.control) this.#gone(watch, how, `%exit server exited ${how}`);
  }

  /** The timer: processes are looked at, and everything is listed. */
  look(): void {
    for (const watch of this.#watches) {
      const { server, instance, control, trouble } = watch;
      if (instance && !this.#machine.isAlive(instance)) this.#gone(watch, 'unknown', '');
      else if (instance && server.stopped) this.#report(watch, 'hung', 'T');
      else if (!instance || !control || trouble || !server.socketThere) this.#knock(watch);
      else this.#full(watch);
    }
  }

  perform({ id, method, params }: Call): void {
    const server = this.#watches.find((watch) => watch.server.name === targetOf(params))?.server;
    const failure = server ? this.#act(server, method, params as never) : 'unknown-server';
    if (failure === null) this.look();
    this.outbox.push({ kind: 'answer', call: id, failure });
  }

  #act(server: TmuxServer, method: Call['method'], params: never): string | null {
    if (server.stopped) return 'tmux-timeout';
    if (method === 'server.start') return this.#start(server);
    if (method === 'socket.repair') return this.#repair(server, params);
    if (!server.instance || !server.socketThere) return 'tmux-refused';
    if (method === 'session.create') return this.#create(server, params);
    if (method === 'session.kill') return this.#kill(server, params);
    return null;
  }

  #start(server: TmuxServer): null {
    if (!server.instance) server.start();
    return null;
  }

  #repair(server: TmuxServer, { instance }: LinkMethods['socket.repair']['params']): string | null {
    if (server.instance?.startTime !== instance.startTime) return 'not-a-tmux-server';
    server.socketThere = true;
    return null;
  }

  #create(
    server: TmuxServer,
    { session, command }: LinkMethods['session.create']['params'],
  ): string | null {
    return server.newSession(session, command === null, session) ? null : 'tmux-refused';
  }

  #kill(
    server: TmuxServer,
    { instance, tmuxId }: LinkMethods['session.kill']['params'],
  ): string | null {
    const session = server.sessions.find((one) => one.tmuxId === tmuxId);
    if (server.instance?.startTime !== instance.startTime) return null;
    if (!session) return 'tmux-refused';
    server.killSession(session, 'operator');
    return null;
  }

  #watchOf(server: TmuxServer): Watch {
    const watch = this.#watches.find((one) => one.server === server);
    if (!watch) throw new Error(`${server.name} is not watched`);
    return watch;
  }

  #tell<M extends keyof LinkNotifications>(
    method: M,
    params: LinkNotifications[M],
    sight: Sight | null = null,
  ): void {
    if (this.swallows && (method === 'server.brief' || method === 'server.listing')) return;
    this.outbox.push({ kind: 'told', method, params, sight } as Message);
  }

  #report(watch: Watch, why: Trouble, processState = ''): void {
    if (watch.trouble === why) return;
    watch.trouble = why;
    const { name: server, socket } = watch.server;
    const { instance } = watch;
    const at = this.#machine.now;
    this.#tell('server.unreachable', { server, instance, why, processState, socket, at });
  }

  #gone(watch: Watch, how: LinkNotifications['server.gone']['how'], text: string): void {
    const { instance, server } = watch;
    if (!instance) return;
    const at = this.#machine.now;
    this.#tell('server.gone', { server: server.name, instance, how, text, at });
    Object.assign(watch, { instance: null, trouble: null, control: false });
  }

  #knock(watch: Watch): void {
    const { server } = watch;
    if (server.instance && server.socketThere && !server.stopped) {
      if (watch.instance && watch.instance.pid !== server.instance.pid) {
        this.#gone(watch, 'unknown', 'another server took over the socket');
      }
      watch.instance = server.instance;
      watch.control = true;
      this.#full(watch);
    } else if (watch.instance) this.#doubt(watch);
    else if (server.stopped && server.socketThere) this.#report(watch, 'hung');
    else this.#report(watch, 'absent');
  }

  #doubt(watch: Watch): void {
    const { instance, server } = watch;
    if (!instance) return;
    if (!this.#machine.isAlive(instance)) this.#gone(watch, 'unknown', '');
    else if (!server.socketThere) this.#report(watch, 'socket-lost', 'S');
    else if (server.stopped) this.#report(watch, 'hung', 'T');
  }

  #canList({ server, instance }: Watch): boolean {
    const same = server.instance !== null && server.instance.pid === instance?.pid;
    return same && server.socketThere && !server.stopped;
  }

  /** True when it showed something the last full listing did not. */
  #brief(watch: Watch): boolean {
    const { server, instance } = watch;
    if (!instance) return false;
    if (!this.#canList(watch)) {
      this.#doubt(watch);
      return false;
    }
    const rows = this.#rows(server).map(({ tmuxId, id, pid }) => [tmuxId, id, pid] as const);
    const present = new Set(rows.map(paneKey));
    const missing = [...watch.known].some((key) => !present.has(key));
    if (missing) {
      const brief = {
        server: server.name,
        instance,
        at: this.#machine.now,
        exits: [...server.exits],
      };
      const told = { ...brief, rows: rows.map((row): [string, string, number] => [...row]) };
      this.#tell('server.brief', told, server.sight());
    }
    return missing || rows.some((row) => !watch.known.has(paneKey(row)));
  }

  #full(watch: Watch): void {
    const { server, instance } = watch;
    if (!instance) return;
    if (!this.#canList(watch)) {
      this.#doubt(watch);
      return;
    }
    watch.trouble = null;
    const panes = this.#rows(server);
    watch.known = new Set(panes.map(({ tmuxId, id, pid }) => paneKey([tmuxId, id, pid])));
    const sessions = server.sessions.map(({ tmuxId, name, declared, createdAt, windows }) => {
      const isGrouped = server.sessions.filter((other) => other.windows === windows).length > 1;
      return { tmuxId, name, declared, createdAt, group: isGrouped ? 'grouped' : '', attached: 0 };
    });
    const { name, socket, exits } = server;
    const listing = { server: name, instance, socket, version: '3.5a', at: this.#machine.now };
    this.#tell(
      'server.listing',
      { ...listing, sessions, panes, exits: [...exits] },
      server.sight(),
    );
  }

  #rows({ sessions }: TmuxServer): PaneRow[] {
    return sessions.flatMap(({ tmuxId, windows }) =>
      windows.flatMap(({ panes }) =>
        panes.map(({ id, pid, startTime, shell }) => ({
          ...{ id, tmuxId, pid, startTime, shell },
          activityAt: this.#machine.now,
          historyLines: 0,
        })),
      ),
    );
  }
}

const targetOf = (params: object): string => ('server' in params ? String(params.server) : '');
