import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Event } from '../../agent/model/event.ts';
import type { ServerStatusLine } from '../../agent/model/status/server-status.ts';
import { homePaths, type Paths } from '../../agent/paths.ts';
import type { Client } from '../../agent/protocol/client.ts';
import { type Child, startChild } from './child.ts';
import { createFollower, type Follower } from './follower.ts';
import { killLeftovers } from './leftovers.ts';
import { tmuxOn } from './tmux.ts';
import { underWay } from './under-way.ts';

const programs = join(import.meta.dirname, '../../agent');

export interface RigOptions {
  /** holdfast.yaml; `HOME` in it becomes the home. */
  config?: string;
  /** Called before anything is started. */
  prepare?: (home: string) => void;
  /** What the agent finds in its environment besides. */
  env?: NodeJS.ProcessEnv;
  /** False: the test starts the link itself. */
  link?: boolean;
}

/** An agent and a link of their own, in a home of their own. Gone after the test, with every tmux server. */
export interface Rig extends Pick<Follower, 'of' | 'until' | 'received'> {
  readonly home: string;
  readonly paths: Paths;
  readonly client: Client;
  readonly agent: Child;
  readonly link: Child;
  /** Starts an agent without waiting for it. */
  launchAgent(): Child;
  /** Starts an agent, and follows its events from where the one before ended. */
  startAgent(): Promise<void>;
  /** @param socket what it dials; absent: the agent's */
  startLink(socket?: string): Promise<void>;
  /** Socket of a managed server. */
  socket(server?: string): string;
  /** Socket of a server of the owner's own, as `tmux -L name` would have it. */
  ownSocket(name: string): string;
  /** tmux on the managed server `main`. */
  tmux(...args: string[]): Promise<string>;
  server(name?: string): Promise<ServerStatusLine>;
  /** All that is stored after `seq`. */
  events(after?: number): Promise<Event[]>;
  /** Resolves when these sessions are supervised, and their starts are settled; their newest lives. */
  up(...sessions: string[]): Promise<string[]>;
  /** Resolves when they are supervised, though nobody may know yet how their starts went. */
  supervised(...sessions: string[]): Promise<string[]>;
}

const prepareHome = (config: string): string => {
  // Short, because the path of a socket has at most 107 bytes.
  const home = mkdtempSync(join(tmpdir(), 'hfe-'));
  mkdirSync(join(home, 'etc'));
  writeFileSync(join(home, 'etc/holdfast.yaml'), config.replaceAll('HOME', home));
  mkdirSync(join(home, `own/tmux-${process.getuid?.()}`), { recursive: true, mode: 0o700 });
  return home;
};

/** The owner's environment: a directory for his own tmux servers that is not everybody's. */
const ownerEnvironment = (home: string): NodeJS.ProcessEnv => {
  const { TMUX: _, TMUX_PANE: __, ...env } = process.env;
  return { ...env, TMUX_TMPDIR: join(home, 'own') };
};

const readEvents = async (client: Client, after: number): Promise<Event[]> => {
  const { events } = await client.call('events.read', { after, limit: 1000 });
  const last = events.at(-1);
  return last ? [...events, ...(await readEvents(client, last.seq))] : [];
};

/** The newest life of each session, once all of them are supervised. */
const supervised = (sessions: readonly string[]) => (events: Event[]) => {
  const up = new Map<string, string>();
  for (const { type, data } of events) {
    if (type === 'supervision.started') up.set(data.session, data.life);
    else if (type === 'supervision.ended') up.delete(data.session);
  }
  const lives = sessions.flatMap((session) => up.get(session) ?? []);
  return lives.length === sessions.length ? lives : undefined;
};

/** The same once their starts are settled, too. */
const started = (sessions: readonly string[]) => (events: Event[]) => {
  const isStarted = ({ kind, target }: ReturnType<typeof underWay>[number]): boolean =>
    kind === 'session.create' && sessions.includes(target.session ?? '');
  return underWay(events).some(isStarted) ? undefined : supervised(sessions)(events);
};

/** What a rig asks of a test, so that something else can be its owner too. */
export type RigOwner = Pick<Test, 'setTimeout' | 'teardown'>;

export const startRig = async (t: RigOwner, options: RigOptions = {}): Promise<Rig> => {
  // Every wait here has a limit of its own, and says what did not come.
  t.setTimeout(0);
  const home = prepareHome(options.config ?? '');
  const paths = homePaths(home);
  const children: Partial<Record<'agent' | 'link', Child>> = {};
  const said = (): string =>
    Object.values(children)
      .map((child) => child.said())
      .join('\n');
  const follower = createFollower(paths.agentSocket, said);
  const env = { ...ownerEnvironment(home), ...options.env };
  let client: Client | null = null;

  t.teardown(async () => {
    client?.close();
    await Promise.all(Object.values(children).map((child) => child.kill('SIGKILL')));
    killLeftovers(home);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  const must = <T>(value: T | null | undefined): T => {
    if (value == null) throw new Error('not started yet');
    return value;
  };
  const rig: Rig = {
    ...follower,
    home,
    paths,
    get client() {
      return must(client);
    },
    get agent() {
      return must(children.agent);
    },
    get link() {
      return must(children.link);
    },
    launchAgent: () => {
      const agent = startChild(join(programs, 'main.ts'), ['--home', home], env);
      children.agent = agent;
      return agent;
    },
    startAgent: async () => {
      await rig.launchAgent().ready;
      // What the one before has sent is read first, lest it is asked for again.
      await client?.closed;
      client = await follower.follow();
    },
    startLink: async (socket = paths.linkSocket) => {
      const args = ['--socket', socket, '--run-dir', paths.tmuxDir];
      children.link = startChild(join(programs, 'link/main.ts'), args, env);
      await children.link.ready;
    },
    socket: (server = 'main') => join(paths.tmuxDir, `${server}.sock`),
    ownSocket: (name) => join(home, `own/tmux-${process.getuid?.()}`, name),
    tmux: (...args) => tmuxOn(rig.socket(), ...args),
    server: async (name = 'main') => {
      const { servers } = await rig.client.call('status', {});
      return must(servers.find(({ server }) => server === name));
    },
    events: (after = 0) => readEvents(rig.client, after),
    up: (...sessions) => follower.until(`up: ${sessions.join()}`, started(sessions)),
    supervised: (...sessions) =>
      follower.until(`supervised: ${sessions.join()}`, supervised(sessions)),
  };
  options.prepare?.(home);
  await rig.startAgent();
  if (options.link !== false) await rig.startLink();
  return rig;
};
