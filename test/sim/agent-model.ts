import assert from 'node:assert/strict';
import type { LinkMethods } from '../../agent/api/link-protocol.ts';
import { type PlannedAction, planRecovery } from '../../agent/decide/recovery.ts';
import { settleActions } from '../../agent/decide/settle.ts';
import { explain } from '../../agent/explain/explain.ts';
import type { Config } from '../../agent/model/config/config.ts';
import { type Event, maxEventBytes, type NewEvent } from '../../agent/model/event.ts';
import type { Target } from '../../agent/model/events/action.ts';
import type { DeathRecord } from '../../agent/model/events/death.ts';
import type { Instance } from '../../agent/model/events/server.ts';
import { fold } from '../../agent/model/fold.ts';
import { intentFor, intentMs, sameInstance } from '../../agent/model/life.ts';
import { emptySamples } from '../../agent/model/samples.ts';
import { emptyState, type Life, type PendingAction, type State } from '../../agent/model/state.ts';
import { readNotification } from '../../agent/observe/link-messages.ts';
import type { ConnectedLink } from '../../agent/observe/links.ts';
import { createObserver } from '../../agent/observe/observer.ts';
import { watchOrders } from '../../agent/observe/orders.ts';
import { previousRun, rebootEnds } from '../../agent/observe/previous-run.ts';
import { configEvents } from '../../agent/observe/settings.ts';
import { createHistory, type History } from '../../agent/store/history.ts';
import type { EventLog } from '../../agent/store/log.ts';
import type { Call, LinkModel, Message } from './link-model.ts';
import type { Machine } from './machine.ts';
import { expectedReport, type Sight, type Truth } from './truth.ts';

export const tmuxDir = '/run/tmux';

/** Events as they lie on disk. All after `safe` are lost with a crash, or some of them. */
export interface Disk {
  lines: string[];
  safe: number;
}

const parsed = ({ lines }: Disk): Event[] => lines.map((line) => JSON.parse(line) as Event);

type Ended = 'died' | 'ended';

const nothingHeard = { instance: null, sight: null };

/**
 * One run of the agent in simulated time: the wiring of agent/app.ts around the real observers, reducer and
 * deciders, with the disk, the link and the clock replaced.
 */
export class AgentModel {
  readonly history: History;
  readonly calls: Call[] = [];
  /** Ends that were reported otherwise than they must be, and how many could have been either. */
  readonly wrong: string[] = [];
  either = 0;
  config: Config;
  readonly #machine: Machine;
  readonly #truth: Truth;
  readonly #disk: Disk;
  readonly #observer: ReturnType<typeof createObserver>;
  readonly #observed = new Set<string>();
  readonly #pending = new Map<number, string>();
  readonly #samples = emptySamples();
  #unsettled: PendingAction[];
  readonly #cases = new Map<string, DeathRecord[]>();
  readonly #unexplained = new Set<string>();
  /** The listing that is being heard, for the judge. */
  #heard: { instance: Instance | null; sight: Sight | null } = nothingHeard;
  #lastCall = 0;

  constructor(machine: Machine, truth: Truth, disk: Disk, config: Config) {
    this.#machine = machine;
    this.#truth = truth;
    this.#disk = disk;
    this.config = config;
    const before = fold(emptyState(), parsed(disk));
    this.#unsettled = Object.values(before.actions);
    const log = { append: (events: readonly Event[]) => this.#store(events) } as EventLog;
    this.history = createHistory(log, before, before.seq);
    this.history.onRejected = (reason, event) => {
      this.wrong.push(`${event.type} ${event.seq} was rejected: ${reason}`);
    };
    this.history.onRecorded = (events) => this.#explainLater(events);
    this.#observer = createObserver({
      state: this.history.state,
      samples: this.#samples,
      world: () => this.#world(),
      record: (events, trace) => this.#record(events, trace),
      keepScreen: () => undefined,
      orders: () => watchOrders(this.config, tmuxDir, []),
      onObserved: (server) => {
        this.#observed.add(server);
        this.#settle(server);
      },
      onSockets: () => undefined,
      onTrouble: (what) => this.wrong.push(what),
    });
    this.#begin(previousRun(before));
  }

  state(): State {
    return this.history.state();
  }

  connect({ pid }: LinkModel): void {
    const { handler } = this.#observer;
    const call = () => new Promise<never>(() => undefined);
    const hello = {
      protocol: 1,
      version: '',
      owner: 'deploy',
      uid: 1000,
      pid,
      tmux: '3.5a',
    } as const;
    handler.onHello({ ...hello, call } as ConnectedLink);
  }

  disconnect(): void {
    const link = this.#observer.link();
    if (link) this.#observer.handler.onLost(link, 'closed');
    for (const [id, action] of this.#pending) this.#fail(id, action, 'connection-closed');
  }

  /** What the link says arrives as JSON, and is read as anything hostile is. */
  hear(message: Message): void {
    if (message.kind === 'answer') this.#answered(message.call, message.failure);
    else {
      const { params: said, sight } = message;
      this.#heard = { instance: 'instance' in said ? said.instance : null, sight };
      const params = readNotification(message.method, JSON.parse(JSON.stringify(message.params)));
      this.#observer.handler.onTold(message.method, params);
      this.#heard = nothingHeard;
    }
    this.consider();
  }

  /** The timer: without a link servers are still seen by their pid. */
  look(): void {
    this.#observer.lookWithoutLink();
    this.consider();
  }

  consider(): void {
    this.#explainNow();
    const plan = planRecovery(this.state(), this.config, this.#observed, this.#machine.now);
    this.#record(plan.events);
    for (const action of plan.actions) this.act(action);
  }

  reload(config: Config): void {
    this.config = config;
    this.#record(this.#configEvents());
    this.consider();
  }

  /** An operator ends a life: the intent is durable before the kill. */
  stop({ server, session, life }: Life): void {
    const target = { server, session, life };
    const { now: at } = this.#machine;
    const intent = `i${this.state().seq + 1}`;
    const by = { uid: 0, pid: 1, session: null };
    const data = { intent, target, by, expiresAt: at + intentMs };
    this.#record([{ at, type: 'intent.declared', data }]);
    this.act({ kind: 'session.kill', target, reason: 'operator' });
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
    this.act({ kind: 'session.create', target, reason: 'operator' });
  }

  act({ kind, target, reason }: Omit<PlannedAction, 'reason'> & { reason: string }): void {
    const action = `a${this.state().seq + 1}`;
    const data = { action, kind, target, reason };
    this.#record([{ at: this.#machine.now, type: 'action.requested', data }]);
    this.commit();
    this.#lastCall += 1;
    const id = this.#lastCall;
    this.#pending.set(id, action);
    const params = this.#paramsOf({ kind, target });
    if (!this.#observer.link()) this.#fail(id, action, 'no-link');
    else if (!params) this.#fail(id, action, 'no-such-life');
    else this.calls.push({ id, method: kind, params } as Call);
  }

  /** Everything recorded so far is on disk. */
  commit(): void {
    this.#disk.safe = this.#disk.lines.length;
  }

  shutDown(): void {
    const { now: at } = this.#machine;
    this.#record([{ at, type: 'agent.stopping', data: { reason: 'signal' } }]);
    this.commit();
  }

  #begin(previous: ReturnType<typeof previousRun>): void {
    const { bootId, now: at } = this.#machine;
    for (const { events } of rebootEnds(this.state(), this.#world())) this.#record(events);
    const data = { version: '0', pid: 1, bootId, embedded: true, previous };
    this.#record([{ at, type: 'agent.started', data }, ...this.#configEvents()]);
  }

  #configEvents(): NewEvent[] {
    const where = { source: 'holdfast.yaml', tmuxDir, sockets: [] };
    return configEvents(this.state(), this.config, where, this.#machine.now);
  }

  #world() {
    return {
      ...{ samples: this.#samples, now: this.#machine.now, bootId: this.#machine.bootId },
      linkSince: this.#observer.linkSince(),
      redact: (text: string) => text,
      commandOf: (pid: number) => `program ${pid}`,
      isAlive: (instance: { pid: number; startTime: number }) => this.#machine.isAlive(instance),
    };
  }

  #record(events: readonly NewEvent[], trace?: string): void {
    for (const { type, data, at } of events) {
      if (type === 'session.died') this.#judge(this.#lifeOf(data.life, events), 'died', at);
      if (type === 'session.ended') this.#judge(this.#lifeOf(data.life, events), 'ended', at);
    }
    this.history.record(events, trace);
  }

  /** As known before the events, or from them: a life may have come and gone unseen. */
  #lifeOf(id: string, events: readonly NewEvent[]): Life {
    const known = this.state().lives[id];
    const birth = events.find(
      (event) => event.type === 'supervision.started' && event.data.life === id,
    );
    if (known && !birth) return known;
    assert.ok(birth?.type === 'supervision.started' && !known, `${id} ends and was not known`);
    return { ...birth.data, supervisedSince: birth.at };
  }

  /** Holds a report against what really happened. The state is still the one before it. */
  #judge(life: Life, reported: Ended, at: number): void {
    const fate = this.#truth.fateOf(life.life);
    if (!fate) {
      this.wrong.push(`${life.life} ${reported}, but it lives`);
      return;
    }
    const intent = intentFor(this.state(), life, at) !== null;
    const isSeen = sameInstance(this.#heard.instance, life.instance);
    const sight = isSeen ? this.#heard.sight : null;
    const expected = expectedReport(fate, { panes: life.panes, intent, sight });
    if (expected === 'either') this.either += 1;
    else if (expected !== reported) {
      this.wrong.push(
        `${life.life} (${life.tmuxName}) was ${fate.kind} and is reported as ${reported}`,
      );
    }
  }

  #store(events: readonly Event[]): void {
    for (const event of events) {
      const line = JSON.stringify(event);
      assert.ok(Buffer.byteLength(line) <= maxEventBytes, `${event.type} has ${line.length} bytes`);
      this.#disk.lines.push(line);
    }
  }

  #settle(server: string): void {
    const mine = this.#unsettled.filter(({ target }) => target.server === server);
    this.#unsettled = this.#unsettled.filter(({ target }) => target.server !== server);
    this.#record(settleActions(this.state(), mine, this.#machine.now));
  }

  #explainLater(events: readonly Event[]): void {
    for (const { type, data } of events) {
      if (type !== 'session.died') continue;
      this.#unexplained.add(data.incident);
      this.#cases.set(data.incident, [...(this.#cases.get(data.incident) ?? []), data]);
    }
  }

  #explainNow(): void {
    for (const incident of this.#unexplained) {
      const { server = '', trace } = this.state().incidents[incident] ?? {};
      const deaths = this.#cases.get(incident) ?? [];
      const managed = this.state().servers[server]?.managed ?? false;
      const about = { server: { name: server, managed }, serverEnd: null, trouble: null };
      const verdict = explain({ ...about, reboot: null, deaths });
      const { now: at } = this.#machine;
      this.#record([{ at, type: 'verdict.reached', data: { incident, verdict } }], trace);
    }
    this.#unexplained.clear();
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

  #paramsOf({ kind, target }: Pick<PlannedAction, 'kind' | 'target'>): Params | null {
    const { server } = target;
    const instance = this.state().servers[server]?.instance ?? null;
    if (kind === 'server.start') return { server };
    if (kind === 'socket.repair') return instance && { server, instance };
    if (kind === 'session.create') {
      const session = target.session ?? '';
      const command = this.config.sessions[session]?.command ?? null;
      return { server, session, command, cwd: null, env: {} };
    }
    const life = this.state().lives[target.life ?? ''];
    return life ? { server, instance: life.instance, tmuxId: life.tmuxId } : null;
  }
}

type Params = LinkMethods[
  | 'server.start'
  | 'socket.repair'
  | 'session.create'
  | 'session.kill']['params'];
