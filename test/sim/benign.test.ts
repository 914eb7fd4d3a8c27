import t from 'tap';
import { endsAreReportedOnce } from './laws.ts';
import { Simulation } from './simulation.ts';
import type { Session } from './tmux-server.ts';

/** Benign ends of each kind between two kills, and how many kills. */
const rounds = 30;
const each = 13;

/** tmux keeps some more of them; fewer make a faster test. */
const maxExits = 40;

type BenignEnd = (simulation: Simulation, name: string) => void;

const create = ({ managed }: Simulation, name: string, shell = true): Session => {
  const session = managed.newSession(name, shell);
  if (!session) throw new Error(`${name} is there already`);
  return session;
};

/** The world goes on, and is seen. */
const see = (simulation: Simulation): void => {
  const { managed } = simulation;
  if (managed.exits.length > maxExits) managed.exits = managed.exits.slice(-maxExits / 2);
  simulation.machine.advance(20);
  simulation.step('arrives', () => [simulation.managed]);
};

const created = (simulation: Simulation, name: string, shell = true): Session => {
  const session = create(simulation, name, shell);
  see(simulation);
  return session;
};

/** Each leaves no session behind that it made. */
const kinds: Record<string, BenignEnd> = {
  'an operator stops it': (simulation, name) => {
    const { life } = created(simulation, name, false);
    const known = simulation.agent.state().lives[life];
    if (known) simulation.agent.stop(known);
    simulation.flush();
  },
  'renamed, then Ctrl-D in its shell': (simulation, name) => {
    const session = created(simulation, name);
    simulation.managed.rename(session, `${name} again`);
    see(simulation);
    const [pane] = session.windows[0]?.panes ?? [];
    if (pane) simulation.managed.exit(pane, { status: 0, signal: null }, 0);
    see(simulation);
  },
  'a pane split off and closed, then Ctrl-D': (simulation, name) => {
    const session = created(simulation, name);
    const [window] = session.windows;
    if (!window) return;
    simulation.managed.split(window, true);
    see(simulation);
    for (let pane = window.panes.at(-1); pane; pane = window.panes.at(-1)) {
      const { length } = window.panes;
      simulation.managed.exit(pane, { status: 130, signal: null }, 0);
      see(simulation);
      if (length === 1) return;
    }
  },
  'its only window moved to another session': (simulation, name) => {
    const session = created(simulation, name, false);
    const [window] = session.windows;
    const target = simulation.managed.sessions[0];
    if (window && target) simulation.managed.moveWindow(window, target);
    see(simulation);
    if (window) simulation.managed.killWindow(window);
  },
  'its only pane joined to another window': (simulation, name) => {
    const session = created(simulation, name, false);
    const [pane] = session.windows[0]?.panes ?? [];
    const target = simulation.managed.sessions[0]?.windows[0];
    if (pane && target) simulation.managed.joinPane(pane, target);
    see(simulation);
    if (pane) simulation.managed.killPane(pane);
  },
  'a view of a group closed': (simulation, name) => {
    const mate = simulation.managed.sessions[0];
    const view = mate && simulation.managed.newView(mate, name);
    see(simulation);
    if (view) simulation.managed.killSession(view);
    see(simulation);
  },
  'Ctrl-D in the one shell of a group of two': (simulation, name) => {
    const mate = created(simulation, name);
    simulation.managed.newView(mate, `${name} too`);
    see(simulation);
    const [pane] = mate.windows[0]?.panes ?? [];
    if (pane) simulation.managed.exit(pane, { status: 0, signal: null }, 1);
    see(simulation);
  },
  'a client detaches': (simulation, name) => {
    const session = created(simulation, name);
    see(simulation);
    const [pane] = session.windows[0]?.panes ?? [];
    if (pane) simulation.managed.exit(pane, { status: 0, signal: null }, 0);
    see(simulation);
  },
};

t.test('three thousand benign ends hide no kill and raise no alarm', async (t) => {
  const simulation = new Simulation();
  const killed: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [kind, end] of Object.entries(kinds)) {
      for (let i = 0; i < each; i += 1) end(simulation, `${kind} ${round} ${i}`);
    }
    const victim = created(simulation, `victim ${round}`, round % 2 === 0);
    simulation.managed.killSession(victim);
    see(simulation);
    killed.push(victim.life);
  }
  const events = simulation.disk.events();
  endsAreReportedOnce(events, simulation.agent.state(), simulation.truth.alive());
  const died = events.flatMap(({ type, data }) => (type === 'session.died' ? [data.life] : []));
  const ended = events.filter(({ type }) => type === 'session.ended');
  t.strictSame(died, killed);
  t.ok(ended.length >= 3000, `${ended.length} benign ends`);
  t.strictSame(simulation.judge.wrong, []);
  t.equal(simulation.judge.either, 0);
});
