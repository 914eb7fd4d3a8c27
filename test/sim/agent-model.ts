import { createAttention } from '../../agent/act/attention.ts';
import { expireIntents } from '../../agent/decide/intents.ts';
import type { PlannedAction } from '../../agent/decide/recovery/decision.ts';
import { planRecovery } from '../../agent/decide/recovery/plan.ts';
import { settleActions } from '../../agent/decide/settle.ts';
import { explain } from '../../agent/explain/explain.ts';
import type { Config } from '../../agent/model/config/config.ts';
import type { Event, NewEvent } from '../../agent/model/event.ts';
import type { EventLog } from '../../agent/model/event-log.ts';
import type { Target } from '../../agent/model/events/action.ts';
import type { DeathRecord } from '../../agent/model/events/death.ts';
import { fold } from '../../agent/model/fold.ts';
import { intentMs } from '../../agent/model/life.ts';
import { emptySamples } from '../../agent/model/samples.ts';
import { emptyState, type Life, type PendingAction, type State } from '../../agent/model/state.ts';
import { watchOrders } from '../../agent/observe/config/orders.ts';
import { configEvents } from '../../agent/observe/config/settings.ts';
import { previousRun, rebootEnds } from '../../agent/observe/life/previous-run.ts';
import { readNotification } from '../../agent/observe/link/link-messages.ts';
import type { ConnectedLink } from '../../agent/observe/link/links.ts';
import { createObserver } from '../../agent/observe/observer.ts';
import type { LinkMethods } from '../../agent/protocol/link.ts';
import { createHistory, type History } from '../../agent/store/history.ts';
import type { Disk } from './disk.ts';
import type { Judge } from './judge.ts';
import type { Call, LinkModel, Message } from './link-model.ts';
import type { Machine } from './machine.ts';

export const managedSocket = (server: string): string => `/run/tmux/${server}.sock`;

type Params = LinkMethods[
  | 'server.start'
  | 'socket.repair'
  | 'session.create'
  | 'session.kill']['params'];

type Order = Pick<PlannedAction, 'kind' | 'target'>;

/** As agent/act/run-action.ts asks a link; null when what it is about is gone. */
const callParams = (state: State, config: Config, { kind, target }: Order): Params | null => {
  const { server } = target;
  const instance = state.servers[server]?.instance ?? null;
  if (kind === 'server.start') return { server };
  if (kind === 'socket.repair') return instance && { server, instance };
  if (kind === 'session.create') {
    const session = target.session ?? '';
    const command = config.sessions[session]?.command ?? null;
    return { server, session, command, cwd: null, env: {} };
  }
  const life = state.lives[target.life ?? ''];
  return life ? { server, instance: life.instance, tmuxId: life.tmuxId } : null;
};

/**
 * One run of the agent in simulated time: the wiring of agent/app.ts around the real observers, reducer and
 * deciders, with the disk, the link and the clock replaced.
 */
export class AgentModel {
  readonly calls: Call[] = [];
  /** What people say about alerts. */
  readonly attention = createAttention({
    state: () => this.state(),
    now: () => this.#machine.now,
    record: (events, trace) => this.#record(events, trace),
  });
  readonly #machine: Machine;
  readonly #judge: Judge;
  readonly #disk: Disk;
  readonly #history: History;
  readonly #observer: ReturnType<typeof createObserver>;
  readonly #observed = new Set<string>();
  readonly #pending = new Map<number, string>();
  readonly #samples = emptySamples();
  readonly #deaths = new Map<string, DeathRecord[]>();
  readonly #unexplained = new Set<string>();
  #config: Config;
  #unsettled: PendingAction[];
  #lastCall = 0;
  #link: ConnectedLink | null = null;

  constructor(machine: Machine, disk: Disk, judge: Judge, config: Config) {
    this.#machine = machine;
    this.#disk = disk;
    this.#judge = judge;
    this.#config = config;
    const before = fold(emptyState(), disk.events());
    this.#unsettled = Object.values(before.actions);
    const log = { append: (events: readonly Event[]) => disk.append(events) } as EventLog;
    this.#history = createHistory(log, before, before.seq);
    this.#history.onRejected = (reason, { type, seq }) => {
      judge.wrong.push(`${type} ${seq} was rejected: ${reason}`);
    };
    this.#history.onRecorded = (events) => this.#explainLater(events);
    this.#observer = this.#createObserver();
    this.#begin(before);
  }

  state(): State {
    return this.#history.state();
  }

  connect({ pid }: LinkModel): void {
    const call = () => new Promise<never>(() => undefined);
    const hello = { version: '', owner: 'deploy', uid: 1000, pid, tmux: '3.5a' };
    const link: ConnectedLink = { protocol: 1, ...hello, call };
    this.#link = link;
    this.#observer.handler.onHello(link);
  }

  disconnect(): void {
    if (this.#link) this.#observer.handler.onLost(this.#link, 'closed');
    this.#link = null;
    for (const [id, action] of this.#pending) this.#fail(id, action, 'connection-closed');
  }

  /** What the link says arrives as JSON, and is read as anything hostile is. */
  hear(message: Message): void {
    if (message.kind === 'answer') this.#answered(message.call, message.failure);
    else {
      const { method, params, sight } = message;
      this.#judge.hearing('instance' in params ? params.instance : null, sight);
      const told = readNotification(method, JSON.parse(JSON.stringify(params)));
      if (this.#link) this.#observer.handler.onTold(method, told, this.#link);
      this.#judge.hearing(null, null);
    }
    this.#consider();
  }

  /** The timer: what no link reaches is looked at by its pid. */
  look(): void {
    this.#record(expireIntents(this.state(), this.#machine.now));
    this.#observer.lookWithoutLink();
    this.#consider();
  }

  reload(config: Config): void {
    this.#config = config;
    this.#record(this.#configEvents());
    this.#consider();
  }

  /** An operator ends a life: the intent is durable before the kill. */
  stop({ server, session, life }: Life): void {
    const target = { server, session, life };
    const { now: at } = this.#machine;
    const intent = `i${this.state().seq + 1}`;
    const by = { uid: 0, pid: 1, session: null };
    const data = { intent, target, by, expiresAt: at + intentMs };
    this.#record([{ at, type: 'intent.declared', data }]);
    this.#act({ kind: 'session.kill', target }, 'operator');
  }

  /** An operator starts a declared session again. */
  start(session: string): void {
    const { server } = this.state().declared[session] ?? {};
    const pending = Object.values(this.state().actions);
    const up = Object.values(this.state().lives).some((life) => life.session === session);
    if (!server || up || pending.some(({ target }) => target.session === session)) return;
    const target: Target = { server, session, life: null };
    const data = { decision: 'resume', reason: 'operator', target };
    this.#record([{ at: this.#machine.now, type: 'decision.made', data }]);
    this.#act({ kind: 'session.create', target }, 'operator');
  }

  shutDown(): void {
    const { now: at } = this.#machine;
    this.#record([{ at, type: 'agent.stopping', data: { reason: 'signal' } }]);
    this.#disk.commit();
  }

  #createObserver() {
    return createObserver({
      state: this.#history.state,
      samples: this.#samples,
      world: (server) => this.#world(server),
      now: () => this.#machine.now,
      firstOwner: () => null,
      nameOf: () => 'deploy',
      record: (events, trace) => this.#record(events, trace),
      keepScreen: () => undefined,
      credentialsOf: () => null,
      orders: () => watchOrders(this.#config, managedSocket, []),
      onLink: (servers) => {
        for (const server of servers) this.#observed.delete(server);
      },
      onObserved: (server) => {
        this.#observed.add(server);
        this.#settle(server);
      },
      onSockets: () => undefined,
      onTrouble: (what) => this.#judge.wrong.push(what),
    });
  }

  #begin(before: State): void {
    const { bootId, now: at } = this.#machine;
    for (const { events } of rebootEnds(before, bootId, (server) => this.#world(server)))
      this.#record(events);
    const data = { version: '0', pid: 1, bootId, embedded: true, previous: previousRun(before) };
    this.#record([{ at, type: 'agent.started', data }]);
    this.#record(this.#configEvents());
  }

  #configEvents(): NewEvent[] {
    const where = { source: 'holdfast.yaml', managedSocket, sockets: [] };
    return configEvents(this.state(), this.#config, where, this.#machine.now);
  }

  #world(server: string) {
    const { now, bootId } = this.#machine;
    return {
      ...{ samples: this.#samples, now, bootId, linkSince: this.#observer.linkSince(server) },
      redact: (text: string) => text,
      commandOf: (pid: number) => `program ${pid}`,
      isAlive: (instance: { pid: number; startTime: number }) => this.#machine.isAlive(instance),
    };
  }

  #record(events: readonly NewEvent[], trace?: string): void {
    this.#judge.judge(this.state(), events);
    this.#history.record(events, trace);
  }

  #settle(server: string): void {
    const mine = this.#unsettled.filter(({ target }) => target.server === server);
    this.#unsettled = this.#unsettled.filter(({ target }) => target.server !== server);
    this.#record(settleActions(this.state(), mine, this.#machine.now));
  }

  #consider(): void {
    this.#explainNow();
    const plan = planRecovery(this.state(), this.#config, this.#observed, this.#machine.now);
    this.#record(plan.events);
    for (const { reason, ...order } of plan.actions) this.#act(order, reason);
  }

  #explainLater(events: readonly Event[]): void {
    for (const { type, data } of events) {
      if (type !== 'session.died') continue;
      this.#unexplained.add(data.incident);
      this.#deaths.set(data.incident, [...(this.#deaths.get(data.incident) ?? []), data]);
    }
  }

  #explainNow(): void {
    for (const incident of this.#unexplained) {
      const { server: name = '', trace } = this.state().incidents[incident] ?? {};
      const server = { name, managed: this.state().servers[name]?.managed ?? false };
      const deaths = this.#deaths.get(incident) ?? [];
      const verdict = explain({ server, deaths, serverEnd: null, trouble: null, reboot: null });
      const { now: at } = this.#machine;
      this.#record([{ at, type: 'verdict.reached', data: { incident, verdict } }], trace);
    }
    this.#unexplained.clear();
  }

  #act(order: Order, reason: string): void {
    const action = `a${this.state().seq + 1}`;
    const data = { action, ...order, reason };
    this.#record([{ at: this.#machine.now, type: 'action.requested', data }]);
    this.#disk.commit();
    this.#lastCall += 1;
    const id = this.#lastCall;
    this.#pending.set(id, action);
    const params = callParams(this.state(), this.#config, order);
    if (!this.#link) this.#fail(id, action, 'no-link');
    else if (!params) this.#fail(id, action, 'no-such-life');
    else this.calls.push({ id, method: order.kind, params } as Call);
  }

  #answered(id: number, failure: string | null): void {
    const action = this.#pending.get(id);
    if (action === undefined) return;
    if (failure !== null) {
      this.#fail(id, action, failure);
      return;
    }
    this.#pending.delete(id);
    const { now: at } = this.#machine;
    this.#record([{ at, type: 'action.done', data: { action, settled: 'reported' } }]);
  }

  #fail(id: number, action: string, code: string): void {
    this.#pending.delete(id);
    const { now: at } = this.#machine;
    this.#record([{ at, type: 'action.failed', data: { action, code, message: code } }]);
  }
}
