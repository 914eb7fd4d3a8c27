import type { Instance } from '../../agent/model/events/server.ts';
import type { Pane } from '../../agent/model/events/session.ts';
import { lifeId } from '../../agent/model/life.ts';
import { tmuxName } from '../../agent/model/tmux-name.ts';
import type { ExitRecord } from '../../agent/protocol/listing.ts';
import type { Machine } from './machine.ts';
import type { FateKind, Sight, Truth } from './truth.ts';

export interface Window {
  panes: Pane[];
}

export interface Session {
  tmuxId: string;
  life: string;
  name: string;
  declared: string;
  createdAt: number;
  /** The sessions of a group have one and the same array. */
  windows: Window[];
}

/** How a program ends: exactly one of the two is not null. */
export interface Exit {
  status: number | null;
  signal: number | null;
}

/** One tmux server as far as Holdfast can see it: sessions, groups, windows, panes, and its record of exits. */
export class TmuxServer {
  readonly name: string;
  readonly managed: boolean;
  readonly socket: string;
  instance: Instance | null = null;
  stopped = false;
  socketThere = false;
  sessions: Session[] = [];
  exits: ExitRecord[] = [];
  readonly #machine: Machine;
  readonly #truth: Truth;
  #lastId = 0;
  #lastPid: number | undefined;

  constructor(
    machine: Machine,
    truth: Truth,
    { name, managed, socket }: { name: string; managed: boolean; socket: string },
  ) {
    this.#machine = machine;
    this.#truth = truth;
    this.name = name;
    this.managed = managed;
    this.socket = socket;
  }

  /** Begins again with the first ids, as every tmux server does, and by chance with the pid it had. */
  start(): Instance {
    this.instance = this.#machine.startProcess(this.#lastPid);
    this.#lastPid = this.instance.pid;
    this.stopped = false;
    this.socketThere = true;
    this.exits = [];
    this.#lastId = 0;
    return this.instance;
  }

  die(): void {
    const all = this.sessions;
    this.sessions = [];
    for (const session of all) this.#over(session, 'server', panesOf(session));
    for (const pane of all.flatMap(panesOf)) this.#machine.endProcess(pane);
    if (this.instance) this.#machine.endProcess(this.instance);
    this.instance = null;
    this.stopped = false;
    this.socketThere = false;
  }

  reboot(): void {
    this.die();
    this.#lastPid = undefined;
  }

  /** Null when the name is taken, as tmux refuses it. */
  newSession(name: string, shell: boolean, declared = ''): Session | null {
    return this.#add(name, [{ panes: [this.#newPane(shell)] }], declared);
  }

  /** Another view of the windows of `mate`. */
  newView(mate: Session, name: string): Session | null {
    return this.#add(name, mate.windows, '');
  }

  rename(session: Session, name: string): void {
    if (!this.#isTaken(name)) session.name = tmuxName(name);
  }

  newWindow(session: Session, shell: boolean): void {
    session.windows.push({ panes: [this.#newPane(shell)] });
  }

  split(window: Window, shell: boolean): void {
    window.panes.push(this.#newPane(shell));
  }

  killSession(session: Session, kind: 'killed' | 'operator' = 'killed'): void {
    this.sessions = this.sessions.filter((other) => other !== session);
    const isView = this.sessions.some(({ windows }) => windows === session.windows);
    const victims = isView ? [] : panesOf(session);
    this.#over(session, isView && kind === 'killed' ? 'view' : kind, victims);
    for (const pane of victims) this.#machine.endProcess(pane);
  }

  killWindow(window: Window): void {
    for (const pane of window.panes) this.#machine.endProcess(pane);
    this.#close(window, 'killed');
  }

  killPane(pane: Pane): void {
    this.#machine.endProcess(pane);
    this.#take(pane, 'killed');
  }

  /** A pane's program ends by itself or by a signal. `which` session the server writes it down for is its affair. */
  exit(pane: Pane, exit: Exit, which: number): void {
    this.#write(pane, exit, which);
    this.#leave(pane, exit);
  }

  /** All programs of a session end in one moment: each is written down while the others still count. */
  exitTogether(session: Session, exit: Exit): void {
    const panes = panesOf(session);
    for (const pane of panes) this.#write(pane, exit, 0);
    for (const pane of panes) this.#leave(pane, exit);
  }

  joinPane(pane: Pane, target: Window): void {
    if (target.panes.includes(pane)) return;
    target.panes.push(pane);
    this.#take(pane, 'moved', target);
  }

  breakPane(pane: Pane, target: Session): void {
    const window: Window = { panes: [pane] };
    target.windows.push(window);
    this.#take(pane, 'moved', window);
  }

  swapPanes(a: Pane, b: Pane): void {
    const [inA, inB] = [this.windowOf(a), this.windowOf(b)];
    if (inA === inB) return;
    inA.panes = inA.panes.map((pane) => (pane === a ? b : pane));
    inB.panes = inB.panes.map((pane) => (pane === b ? a : pane));
  }

  moveWindow(window: Window, target: Session): void {
    if (target.windows.includes(window)) return;
    const sources = this.sessions.filter(({ windows }) => windows.includes(window));
    target.windows.push(window);
    for (const windows of new Set(sources.map((session) => session.windows))) {
      windows.splice(windows.indexOf(window), 1);
    }
    this.#endEmpty('moved', []);
  }

  windows(): Window[] {
    return [...new Set(this.sessions.flatMap(({ windows }) => windows))];
  }

  panes(): Pane[] {
    return this.windows().flatMap(({ panes }) => panes);
  }

  windowOf(pane: Pane): Window {
    const found = this.windows().find(({ panes }) => panes.includes(pane));
    if (!found) throw new Error(`${pane.id} is in no window`);
    return found;
  }

  sight(): Sight {
    return {
      lives: new Set(this.sessions.map(({ life }) => life)),
      alive: new Set(this.panes().map(({ id }) => id)),
      written: new Map(this.exits.map(({ pane, last }) => [pane, last])),
    };
  }

  #write(pane: Pane, { status, signal }: Exit, which: number): void {
    const window = this.windowOf(pane);
    const holders = this.sessions.filter(({ windows }) => windows.includes(window));
    const session = holders[which % holders.length];
    if (!this.managed || !session) return;
    const last = window.panes.length === 1 && session.windows.length === 1;
    const { tmuxId, declared } = session;
    const { id, pid, shell } = pane;
    const at = Math.floor(this.#machine.now / 1000) * 1000;
    this.exits.push({ tmuxId, pane: id, pid, shell, last, declared, status, signal, at });
  }

  #leave(pane: Pane, { signal }: Exit): void {
    this.#machine.endProcess(pane);
    this.#take(pane, pane.shell && signal === null ? 'shell' : 'program');
  }

  #isTaken(name: string): boolean {
    return this.sessions.some((session) => session.name === tmuxName(name));
  }

  #newPane(shell: boolean): Pane {
    this.#lastId += 1;
    return { id: `%${this.#lastId}`, ...this.#machine.startProcess(), shell };
  }

  #add(name: string, windows: Window[], declared: string): Session | null {
    if (!this.instance || this.#isTaken(name)) return null;
    this.#lastId += 1;
    const tmuxId = `$${this.#lastId}`;
    const life = lifeId(this.#machine.bootId, this.instance, tmuxId);
    // tmux counts in whole seconds.
    const createdAt = Math.floor(this.#machine.now / 1000) * 1000;
    const session = { tmuxId, life, name: tmuxName(name), declared, createdAt, windows };
    this.sessions.push(session);
    this.#truth.born(life);
    return session;
  }

  /** Takes a pane out of the window it was in; `except` is the one it is in now. */
  #take(pane: Pane, kind: FateKind, except?: Window): void {
    const window = this.windows().find((one) => one !== except && one.panes.includes(pane));
    if (!window) return;
    if (window.panes.length === 1) this.#close(window, kind);
    else window.panes = window.panes.filter((other) => other !== pane);
  }

  #close(window: Window, kind: FateKind): void {
    for (const windows of new Set(this.sessions.map((session) => session.windows))) {
      if (windows.includes(window)) windows.splice(windows.indexOf(window), 1);
    }
    this.#endEmpty(kind, window.panes);
  }

  #endEmpty(kind: FateKind, victims: readonly Pane[]): void {
    const [over, left] = [true, false].map((empty) =>
      this.sessions.filter(({ windows }) => (windows.length === 0) === empty),
    );
    this.sessions = left ?? [];
    for (const session of over ?? []) this.#over(session, kind, victims);
  }

  #over({ life }: Session, kind: FateKind, panes: readonly Pane[]): void {
    const victims = new Set(panes.map(({ id }) => id));
    this.#truth.ended(life, { kind, managed: this.managed, victims });
  }
}

const panesOf = ({ windows }: Session): Pane[] => windows.flatMap(({ panes }) => panes);
