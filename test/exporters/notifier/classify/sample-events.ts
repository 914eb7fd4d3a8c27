import type { Event, EventOf, EventType } from '../../../../agent/model/event.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import type { Verdict } from '../../../../agent/model/events/incident.ts';
import type { AlertSettings } from '../../../../agent/protocol/notifier.ts';
import { type Book, emptyBook } from '../../../../exporters/notifier/classify/book.ts';
import { take } from '../../../../exporters/notifier/classify/take.ts';
import { noAlerts } from '../../../agent/model/config/sample-alerts.ts';

/** Noon in winter, UTC. */
export const noon = Date.UTC(2026, 0, 31, 12);

const instance = { pid: 7, startTime: 70 };
const by = { uid: 0, pid: 1, session: null };

export const settingsWith = (changes: {
  alerts?: Partial<AlertSettings['alerts']>;
  sessions?: AlertSettings['sessions'];
}): AlertSettings => ({
  alerts: {
    ...noAlerts,
    ...changes.alerts,
  },
  sessions: changes.sessions ?? {},
  host: 'vps-1',
});

export const settings = settingsWith({});

export const verdictOf = (changes: Partial<Verdict> = {}): Verdict => ({
  ...{ cause: 'signal', scope: 'session', confidence: 'certain', summary: 'pkill sent SIGKILL' },
  ...{ signal: { name: 'SIGKILL', number: 9 }, exitStatus: null, evidence: [], missing: [] },
  ...changes,
});

const deathOf = (session: string, incident: string, server: string, at: number): DeathRecord => ({
  ...{ life: `life-${session}`, session, server, instance, tmuxId: '$1', tmuxName: session },
  ...{ declared: true, incident, lastSeen: at - 10, found: at, ageMs: 3_600_000 },
  ...{ supervisedMs: 3_600_000, resyncs: 0, panes: [], exit: null, watched: 'live' },
  lastCommand: { text: '', source: 'not known' },
  ...{
    trimmed: [],
    screens: [],
    alive: 1,
    others: [],
    usage: null,
    host: null,
    serverState: 'alive',
  },
});

/** Events one after another; time passes only where it is told to. */
export class Tale {
  readonly #servers = new Map<string, string>();
  now = noon;
  seq = 0;
  #incidents = 0;

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  event<T extends EventType>(type: T, data: EventOf<T>['data'], trace?: string): Event {
    this.seq += 1;
    const own = this.seq.toString(16).padStart(32, '0');
    return { seq: this.seq, v: 1, at: this.now, type, trace: trace ?? own, data } as Event;
  }

  opened(sessions: string[], server = 'main'): { incident: string; events: Event[] } {
    for (const session of sessions) this.#servers.set(session, server);
    this.#incidents += 1;
    const incident = String(this.#incidents);
    const lives = sessions.map((session) => `life-${session}`);
    const opened = this.event('incident.opened', { incident, server, lives, sessions });
    const deaths = sessions.map((session) =>
      this.event('session.died', deathOf(session, incident, server, this.now)),
    );
    return { incident, events: [opened, ...deaths] };
  }

  /** An incident with its verdict. */
  died(sessions: string[], verdict: Partial<Verdict> = {}, server = 'main'): Event[] {
    const { incident, events } = this.opened(sessions, server);
    return [...events, this.verdict(incident, verdict)];
  }

  death(session: string, incident: string, changes: Partial<DeathRecord> = {}): Event {
    const record = deathOf(session, incident, 'main', this.now);
    return this.event('session.died', { ...record, ...changes });
  }

  grew(incident: string, sessions: string[]): Event {
    return this.event('incident.grew', { incident, lives: sessions, sessions });
  }

  /** @param more what the event says besides */
  verdict(
    incident: string,
    changes: Partial<Verdict> = {},
    more: Partial<EventOf<'verdict.reached'>['data']> = {},
  ): Event {
    return this.event('verdict.reached', { incident, verdict: verdictOf(changes), ...more });
  }

  /** On the server it died on. */
  back(session: string, server = this.#servers.get(session) ?? 'main'): Event {
    return this.event('supervision.started', {
      ...{ life: `new-${session}`, server, instance, session, tmuxId: '$2', tmuxName: session },
      ...{ declared: true, createdAt: this.now, panes: [], group: '', command: '' },
      found: 'created',
    });
  }

  decided(decision: string, session: string | null, server = 'main'): Event {
    return this.event('decision.made', {
      ...{ decision, reason: 'too-many-restarts', target: { server, session, life: null } },
    });
  }

  started(previous: { clean: boolean; bootId: string } | null, bootId = 'boot'): Event {
    return this.event('agent.started', {
      ...{ version: '1.0.0', pid: 1, bootId, embedded: false },
      previous: previous && { seq: 0, at: 0, ...previous },
    });
  }

  serverDied(lives: number, server = 'main'): Event {
    return this.event('server.died', {
      ...{ server, instance, how: 'killed', text: '', lastSeen: this.now, lives },
    });
  }

  serverFound(server = 'main'): Event {
    const about = { socket: '/tmp/s', managed: true, version: '3.5a' };
    return this.event('server.found', { server, instance, ...about });
  }

  hung(server = 'main'): Event {
    return this.event('server.hung', { server, instance, processState: 'T' });
  }

  resumed(server = 'main'): Event {
    return this.event('server.resumed', { server, instance, afterMs: 1 });
  }

  socketLost(server = 'main'): Event {
    return this.event('server.socket_lost', { server, instance, socket: '/tmp/s' });
  }

  socketRestored(server = 'main'): Event {
    return this.event('server.socket_restored', { server, instance, afterMs: 1 });
  }

  bot(
    to: EventOf<'bot.connection_changed'>['data']['to'],
    more: Partial<EventOf<'bot.connection_changed'>['data']> = {},
  ): Event {
    return this.event('bot.connection_changed', {
      ...{ session: 'web', server: 'main', life: 'l', bot: '', from: null, to },
      ...{ why: '', needs: null, leftOut: 0, ...more },
    });
  }

  botLost(): Event {
    const ref = { session: 'web', server: 'main', life: 'l', bot: '' };
    return this.event('bot.lost', { ...ref, how: 'closed', lastAt: null });
  }

  silenced(session: string | null, ms: number, silence = 's1'): Event {
    const until = this.now + ms;
    return this.event('alert.silenced', { silence, session, until, reason: 'at work', by });
  }

  unsilenced(silence = 's1'): Event {
    return this.event('alert.unsilenced', { silence, by });
  }

  acknowledged(incident: string, name?: string): Event {
    const remote =
      name === undefined ? {} : { remote: { channel: 'telegram' as const, user: '1', name } };
    return this.event('alert.acknowledged', { incident, by: { ...by, ...remote } });
  }
}

export const fold = (
  events: readonly Event[],
  book: Book = emptyBook(0),
  known: AlertSettings = settings,
): Book => events.reduce((folded, event) => take(folded, event, known), book);

export const alertsIn = (book: Book) => Object.values(book.alerts);
