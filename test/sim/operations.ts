import fc from 'fast-check';
import type { Pane } from '../../agent/model/events/session.ts';
import { findSilence } from '../../agent/model/find.ts';
import { configs } from './configs.ts';
import type { Net, Simulation } from './simulation.ts';
import type { Session, TmuxServer } from './tmux-server.ts';

/** Where an operation strikes: two numbers that pick among what is there. */
interface Aim {
  a: number;
  b: number;
}

/** Changes the world; returns the servers whose control clients are told. */
type Operation = (simulation: Simulation, aim: Aim) => readonly TmuxServer[];

const operator = { uid: 0, pid: 1, session: null };

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

const running = ({ servers }: Simulation): TmuxServer[] =>
  servers.filter(({ instance, stopped }) => instance && !stopped);

/** Names that are common, alike, awkward, or those of declared sessions. */
const names = ['work', 'a.b:c', 'a_b_c', 'bot', 'shell_1_a', '会議 "x" \\', 'constructor', '📦'];

const nameOf = ({ machine }: Simulation, { a, b }: Aim): string =>
  b % 3 === 0 ? (pick(names, a) ?? '') : `s${machine.elapsed}-${a}`;

const onServer =
  (act: (server: TmuxServer, simulation: Simulation, aim: Aim) => unknown): Operation =>
  (simulation, aim) => {
    const server = pick(running(simulation), aim.b);
    if (!server) return [];
    act(server, simulation, aim);
    return [server];
  };

const onSession = (
  act: (session: Session, server: TmuxServer, simulation: Simulation, aim: Aim) => unknown,
): Operation =>
  onServer((server, simulation, aim) => {
    const session = pick(server.sessions, aim.a);
    if (session) act(session, server, simulation, aim);
  });

const onPane = (act: (pane: Pane, server: TmuxServer, aim: Aim) => unknown): Operation =>
  onServer((server, _, aim) => {
    const pane = pick(server.panes(), aim.a);
    if (pane) act(pane, server, aim);
  });

/** tmux tells control clients of sessions that come, go and are renamed; not of panes and windows. */
const quietly =
  (act: Operation): Operation =>
  (simulation, aim) => {
    const count = ({ sessions }: TmuxServer): number => sessions.length;
    const before = simulation.servers.map(count);
    act(simulation, aim);
    return simulation.servers.filter((server, i) => count(server) !== before[i]);
  };

const endServer =
  (how: 'exited' | 'killed'): Operation =>
  (simulation, { b }) => {
    const server = pick(simulation.servers, b);
    if (!server?.instance) return [];
    server.die();
    simulation.link?.serverEnded(server, how);
    return [];
  };

const others: Record<string, Operation> = {
  'start a server': ({ servers }, { b }) => {
    const server = pick(servers, b);
    if (server && !server.instance) server.start();
    return [];
  },
  'kill a server': endServer('killed'),
  'end a server': endServer('exited'),
  'hang a server': onServer((server) => {
    server.stopped = true;
  }),
  'resume the servers': ({ servers }) => {
    for (const server of servers) server.stopped = false;
    return [];
  },
  'lose a socket': onServer((server) => {
    server.socketThere = false;
  }),
  'restart the link': (simulation) => {
    simulation.stopLink();
    simulation.startLink();
    return [];
  },
  'lose the link': (simulation) => {
    simulation.stopLink();
    return [];
  },
  'restore the link': (simulation) => {
    if (!simulation.link) simulation.startLink();
    return [];
  },
  'crash the agent': (simulation, { a }) => {
    simulation.restartAgent(a);
    return [];
  },
  'restart the agent': (simulation) => {
    simulation.restartAgent('clean');
    return [];
  },
  'commit the log': ({ disk }) => {
    disk.commit();
    return [];
  },
  'reboot the machine': (simulation, { a, b }) => {
    simulation.reboot(a, b % 2 === 0);
    return [];
  },
  'replace a server unseen': (simulation, { b }) => {
    const server = pick(simulation.servers, b);
    simulation.stopLink();
    if (server?.instance) {
      server.die();
      server.start();
    }
    simulation.startLink();
    return [];
  },
  'set the clock': ({ machine }, { a, b }) => {
    machine.jump((a % 2 === 0 ? 1 : -1) * b * 10_000);
    return [];
  },
  'reload the configuration': (simulation, { a }) => {
    simulation.configure(a % configs.length);
    return [];
  },
  'stop a session': ({ agent }, { a }) => {
    const life = pick(Object.values(agent.state().lives), a);
    if (life) agent.stop(life);
    return [];
  },
  'acknowledge an incident': ({ agent }, { a }) => {
    const incident = pick(Object.keys(agent.state().incidents), a);
    if (incident !== undefined) agent.attention.acknowledge(incident, operator);
    return [];
  },
  'silence a session': ({ agent }, { a, b }) => {
    const session = pick([...Object.keys(agent.state().declared), null], a) ?? null;
    agent.attention.silence({ session, forMs: b * 100, reason: '' }, operator, () => true);
    return [];
  },
  'end a silence': ({ agent, machine }, { a }) => {
    const { silences = {} } = agent.state();
    const ids = Object.keys(silences).filter((id) => findSilence(agent.state(), id, machine.now));
    const silence = pick(ids, a);
    if (silence !== undefined) agent.attention.unsilence(silence, operator);
    return [];
  },
  'start a session': ({ agent }, { a }) => {
    const session = pick(Object.keys(agent.state().declared), a);
    if (session !== undefined) agent.start(session);
    return [];
  },
};

const benign: Record<string, Operation> = {
  'new session': onServer((server, simulation, aim) =>
    server.newSession(nameOf(simulation, aim), aim.a % 2 === 0),
  ),
  'new view': onSession((session, server, simulation, aim) =>
    server.newView(session, nameOf(simulation, aim)),
  ),
  rename: onSession((session, server, simulation, aim) =>
    server.rename(session, nameOf(simulation, aim)),
  ),
  detach: () => [],
  'new window': quietly(
    onSession((session, server, _, { b }) => server.newWindow(session, b < 500)),
  ),
  split: quietly(onPane((pane, server, { b }) => server.split(server.windowOf(pane), b < 500))),
  'swap panes': quietly(
    onPane((pane, server, { b }) => server.swapPanes(pane, pick(server.panes(), b) ?? pane)),
  ),
  'join pane': quietly(
    onPane((pane, server, { b }) => {
      const target = pick(server.windows(), b);
      if (target) server.joinPane(pane, target);
    }),
  ),
  'break pane': quietly(
    onPane((pane, server, { b }) => {
      const target = pick(server.sessions, b);
      if (target) server.breakPane(pane, target);
    }),
  ),
  'move window': quietly(
    onSession((session, server, _, { b }) => {
      const window = pick(session.windows, b);
      const target = pick(server.sessions, b >> 2);
      if (window && target) server.moveWindow(window, target);
    }),
  ),
  'exit a shell': quietly(
    onServer((server, _, { a, b }) => {
      const shell = pick(
        server.panes().filter((pane) => pane.shell),
        a,
      );
      if (shell) server.exit(shell, { status: b % 2, signal: null }, b);
    }),
  ),
};

const deadly: Record<string, Operation> = {
  'kill session': onSession((session, server) => server.killSession(session)),
  'kill window': quietly(
    onSession((session, server, _, { b }) => {
      const window = pick(session.windows, b);
      if (window) server.killWindow(window);
    }),
  ),
  'kill pane': quietly(onPane((pane, server) => server.killPane(pane))),
  'exit a program': quietly(
    onPane((pane, server, { b }) => server.exit(pane, { status: b % 256, signal: null }, b)),
  ),
  'end all of a session at once': onSession((session, server, _, { b }) => {
    const areShells = session.windows.every(({ panes }) => panes.every(({ shell }) => shell));
    const byThemselves = areShells && b % 2 === 0;
    const exit = byThemselves ? { status: 0, signal: null } : { status: null, signal: 1 };
    server.exitTogether(session, exit);
  }),
  'signal a program': quietly(
    onPane((pane, server, { b }) => server.exit(pane, { status: null, signal: 1 + (b % 31) }, b)),
  ),
};

const operations = { ...others, ...benign, ...deadly };

export interface Step extends Aim {
  name: string;
  /** Time that passes before, ms. */
  after: number;
  net: Net;
}

export const take = (simulation: Simulation, { name, after, net, ...aim }: Step): void => {
  simulation.machine.advance(after);
  simulation.step(net, () => operations[name]?.(simulation, aim) ?? []);
};

/** Sessions come and go more often than machines do. */
const weighted = [
  ...Object.keys(others),
  ...Object.keys(benign).flatMap((name) => Array<string>(4).fill(name)),
  ...Object.keys(deadly).flatMap((name) => Array<string>(3).fill(name)),
];

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(...weighted),
  a: fc.nat(999),
  b: fc.nat(999),
  after: fc.oneof({ weight: 4, arbitrary: fc.nat(400) }, fc.nat(6000), fc.nat(90_000)),
  net: fc.constantFrom<Net>('arrives', 'arrives', 'arrives', 'late', 'unnoticed', 'swallowed'),
});

/** Histories of at most so many steps. */
export const history = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(step, { minLength: 1, maxLength, size: 'max' });
