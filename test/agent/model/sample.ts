import type { Event, NewEvent } from '../../../agent/model/event.ts';
import type { Birth, Pane } from '../../../agent/model/events/session.ts';
import { fold } from '../../../agent/model/fold.ts';
import { lifeId } from '../../../agent/model/life.ts';
import { emptyState, type Life, type State } from '../../../agent/model/state.ts';

/** A managed server `main`, an adopted one `mine`, a declared session `bot` and one nobody declared. */

export const bootId = 'boot0001-0000-0000';
export const instance = { pid: 4211, startTime: 88_231 };
export const socket = '/run/tmux/main.sock';
export const born = Date.UTC(2026, 0, 1);
export const nobody = { uid: 0, pid: 1, session: null };

export const pane = (n: number, shell = false): Pane => ({
  ...{ id: `%${n}`, pid: 1000 + n, startTime: 90_000 + n, shell },
});

export const birth = (session: string, n: number, changes: Partial<Birth> = {}): Birth => ({
  life: lifeId(bootId, instance, `$${n}`),
  server: 'main',
  instance,
  session,
  tmuxId: `$${n}`,
  tmuxName: session,
  declared: session === 'bot',
  createdAt: born,
  panes: [pane(n)],
  group: '',
  command: 'node bot.js',
  ...changes,
});

export const started = (one: Birth, at = born): NewEvent => ({
  at,
  type: 'supervision.started',
  data: { ...one, found: 'created' },
});

export const configApplied = (
  servers = [
    { server: 'main', managed: true, socket },
    { server: 'mine', managed: false, socket: 'default' },
  ],
): NewEvent => ({
  at: born,
  type: 'config.applied',
  data: { hash: 'c'.repeat(64), source: 'holdfast.yaml', sessions: 1, servers },
});

export const serverFound: NewEvent = {
  at: born,
  type: 'server.found',
  data: { server: 'main', instance, socket, managed: true, version: '3.5a' },
};

export const declared = (session: string): NewEvent => ({
  at: born,
  type: 'session.declared',
  data: { session, server: 'main', tmuxName: session },
});

/** Numbers events as a log does, after `seq`. */
export const numbered = (events: readonly NewEvent[], seq = 0): Event[] =>
  events.map((event, i) => ({ trace: 't'.repeat(32), ...event, seq: seq + i + 1, v: 1 }) as Event);

/** What more events make of a state. */
export const after = (state: State, ...events: NewEvent[]): State =>
  fold(state, numbered(events, state.seq));

export const bot = birth('bot', 1);
export const work = birth('work', 2);

/** `main` runs with two lives. */
export const running: State = after(
  emptyState(),
  {
    at: born,
    type: 'agent.started',
    data: { ...{ version: '0', pid: 7, bootId, embedded: true }, previous: null },
  },
  configApplied(),
  declared('bot'),
  serverFound,
  started(bot),
  started(work),
);

export const lifeOf = ({ lives }: State, { life }: Birth): Life => {
  const known = lives[life];
  if (!known) throw new Error(`${life} does not live`);
  return known;
};
