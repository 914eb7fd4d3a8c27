import { planRecovery } from '../../agent/decide/recovery/plan.ts';
import { resumes } from '../../agent/decide/recovery/resumes.ts';
import type { Config } from '../../agent/model/config/config.ts';
import type { Event, NewEvent } from '../../agent/model/event.ts';
import type { DeathRecord } from '../../agent/model/events/death.ts';
import { fold } from '../../agent/model/fold.ts';
import { emptyState, type State } from '../../agent/model/state.ts';

const instance = { pid: 1, startTime: 1 };

/** How programs fare: what they are started into. */
export interface Weather {
  /** Of those that are started, so many in ten fail at once. */
  failing: number;
}

interface Start {
  at: number;
  action: string;
  session: string;
  /** Somebody wants it to end meanwhile. */
  stopped: boolean;
}

/**
 * Declared sessions on one server and the real reducer and decider, with nothing between them: cheap enough for very
 * many histories. A start takes `startMs`; time goes from one thing that is due to the next.
 */
export class PolicyWorld {
  now = Date.UTC(2026, 0, 1);
  readonly log: Event[] = [];
  readonly #config: Config;
  readonly #observed = new Set(['main']);
  readonly #starts: Start[] = [];
  readonly #chance: () => number;
  #state: State = emptyState();
  #lives = 0;
  #wakeAt: number | null = null;
  weather: Weather = { failing: 5 };

  constructor(config: Config, chance: () => number) {
    this.#config = config;
    this.#chance = chance;
    const servers = [{ server: 'main', managed: true, socket: '/s' }];
    this.#record({
      type: 'config.applied',
      data: { hash: '', source: '', sessions: 3, servers },
    });
    const found = { server: 'main', instance, socket: '/s', managed: true, version: '' };
    this.#record({ type: 'server.found', data: found });
    for (const session of Object.keys(config.sessions)) {
      const data = { session, server: 'main', tmuxName: session };
      this.#record({ type: 'session.declared', data });
    }
  }

  get state(): State {
    return this.#state;
  }

  /** Sessions that are up. */
  up(): string[] {
    return Object.values(this.#state.lives).map(({ session }) => session);
  }

  end(session: string, how: 'killed' | 'failed' | 'clean' | 'intended'): void {
    const life = Object.values(this.#state.lives).find((one) => one.session === session);
    if (!life) return;
    const about = { ...life, ageMs: 1, supervisedMs: 1 };
    if (how === 'intended') {
      const data = { ...about, reason: how, intent: null } as const;
      this.#record({ type: 'session.ended', data });
      return;
    }
    const exit = { killed: { status: null, signal: 9 }, failed: { status: 1, signal: null } };
    const clean = { status: 0, signal: null };
    const data = { ...about, exit: how === 'clean' ? clean : exit[how], incident: '' };
    this.#record({ type: 'session.died', data: data as unknown as DeathRecord });
  }

  operatorStarts(session: string): void {
    if (this.up().includes(session)) return;
    const target = { server: 'main', session, life: null };
    const data = { decision: 'resume', reason: 'operator', target };
    this.#record({ type: 'decision.made', data });
  }

  /** One that is being started ends as soon as it is there. */
  operatorStops(session: string): void {
    if (this.up().includes(session)) {
      this.end(session, 'intended');
      return;
    }
    const target = { server: 'main', session, life: null };
    const data = { decision: 'stop', reason: 'operator', target };
    this.#record({ type: 'decision.made', data });
    for (const start of this.#starts) start.stopped ||= start.session === session;
  }

  /** Everything that is due within `ms` happens. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      this.#consider();
      const next = Math.min(this.#starts[0]?.at ?? until, this.#wakeAt ?? until);
      if (next >= until) break;
      this.now = Math.max(this.now, next);
      this.#finishStarts();
    }
    this.now = until;
    this.#finishStarts();
    this.#consider();
  }

  /** The clock is set, and nothing else happens. */
  jump(ms: number): void {
    this.now += ms;
    for (const start of this.#starts) start.at += ms;
  }

  #finishStarts(): void {
    while ((this.#starts[0]?.at ?? Number.POSITIVE_INFINITY) <= this.now) {
      const start = this.#starts.shift();
      if (start) this.#finish(start);
    }
  }

  #finish({ action, session, stopped }: Start): void {
    const fate = this.#chance() * 10;
    if (fate < this.weather.failing / 5) {
      const data = { action, code: 'tmux-refused', message: '' };
      this.#record({ type: 'action.failed', data });
      return;
    }
    this.#lives += 1;
    const born = { server: 'main', instance, tmuxName: session, declared: true, group: '' };
    const life = {
      ...born,
      ...{ life: `b/1-1/$${this.#lives}`, session, tmuxId: `$${this.#lives}` },
      ...{ createdAt: this.now, panes: [], command: '', found: 'created' as const },
    };
    this.#record({ type: 'supervision.started', data: life });
    this.#record({ type: 'action.done', data: { action, settled: 'reported' } });
    if (stopped) this.end(session, 'intended');
    else if (fate < this.weather.failing) this.end(session, fate % 1 < 0.5 ? 'killed' : 'failed');
  }

  #consider(): void {
    const plan = planRecovery(this.#state, this.#config, this.#observed, this.now);
    this.#wakeAt = plan.wakeAt;
    for (const event of plan.events) this.#record(event);
    for (const { kind, target, reason } of plan.actions) {
      const action = `a${this.#state.seq}`;
      const session = target.session ?? '';
      const goesOn = resumes(this.#state, this.#config, session, this.#state.ends[session]);
      const data = { action, kind, target, reason, ...(goesOn && { resumes: true }) };
      this.#record({ type: 'action.requested', data });
      this.#starts.push({ at: this.now + 50, action, session, stopped: false });
    }
  }

  #record(event: { type: NewEvent['type']; data: object }): void {
    const seq = this.#state.seq + 1;
    const whole = { at: this.now, trace: '', v: 1, ...event, seq } as Event;
    this.log.push(whole);
    this.#state = fold(this.#state, [whole]);
  }
}
