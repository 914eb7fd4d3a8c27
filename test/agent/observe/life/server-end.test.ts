import t from 'tap';
import { emptySamples } from '../../../../agent/model/samples.ts';
import { serverDied, serverUnreachable } from '../../../../agent/observe/life/server-end.ts';
import type { LinkNotifications } from '../../../../agent/protocol/link.ts';
import {
  after,
  born,
  bot,
  configApplied,
  instance,
  running,
  socket,
  work,
} from '../../model/sample.ts';
import { onServer, stopBot } from '../../model/sample-events.ts';
import { now, world } from '../sample-world.ts';

const nothing = { events: [], screens: [], incident: null };
const gone = { isAlive: () => false };
const absent = after(running, configApplied([]), configApplied());
const hung = after(running, onServer('server.hung'));
const lost = after(running, onServer('server.socket_lost'));
const dead = after(running, onServer('server.died'));

type Unreachable = LinkNotifications['server.unreachable'];

const told = (why: Unreachable['why'], changes: Partial<Unreachable> = {}): Unreachable => ({
  ...{ server: 'main', instance, why, processState: 'Tt', socket, at: now },
  ...changes,
});

t.test('a server dies with all its lives, its own end last', async (t) => {
  const samples = emptySamples();
  const kept = {
    resyncs: 1,
    lastActivityAt: null,
    foreground: null,
    usage: null,
    recent: [],
    panes: new Map(),
  };
  samples.lives.set(bot.life, { ...kept, lastSeen: now - 700 });
  samples.lives.set(work.life, { ...kept, lastSeen: now - 900 });
  const ends = serverDied(running, 'main', 'killed', 'lost secret', world({ samples }));
  t.strictSame(
    ends.events.map(({ type }) => type),
    [
      'incident.opened',
      'session.died',
      'supervision.ended',
      'session.died',
      'supervision.ended',
      'server.died',
    ],
  );
  const data = {
    server: 'main',
    instance,
    how: 'killed',
    text: 'lost ***',
    lastSeen: now - 700,
    lives: 2,
  };
  t.strictSame(ends.events.at(-1), { at: now, type: 'server.died', data });
  t.match(ends.events[1], { data: { serverState: 'dead', alive: 0 } });
  t.match(serverDied(running, 'main', 'killed', '', world()).events.at(-1), {
    data: { lastSeen: now },
  });
  t.strictSame(after(running, ...ends.events).counts.rejected, {});
});

t.test('torn apart in the log, the rest of a death is told again', async (t) => {
  const { events } = serverDied(running, 'main', 'killed', '', world());
  const torn = after(running, ...events.slice(0, 3));
  const again = serverDied(torn, 'main', 'unknown', '', world());
  t.strictSame(
    again.events.map(({ type }) => type),
    ['incident.grew', 'session.died', 'supervision.ended', 'server.died'],
  );
  t.strictSame(after(torn, ...again.events).lives, {});
});

t.test('what does not run does not die', async (t) => {
  for (const state of [dead, absent])
    t.strictSame(serverDied(state, 'main', 'killed', '', world()), nothing);
  t.strictSame(serverDied(running, 'none', 'killed', '', world()), nothing);
});

t.test('a server meant to end takes its lives with it, and none of them died', async (t) => {
  const target = { ...stopBot, session: null, life: null };
  const data = { intent: 'i1', target, by: { uid: 0, pid: 1, session: null }, expiresAt: now };
  const meant = after(running, { at: born, type: 'intent.declared', data });
  const { events, incident } = serverDied(meant, 'main', 'exited', '', world());
  t.equal(incident, null);
  t.strictSame(events.filter(({ type }) => type === 'session.ended').length, 2);
});

t.test('hung, once', async (t) => {
  t.match(serverUnreachable(running, told('hung'), world()).events, [
    { at: now, type: 'server.hung', data: { server: 'main', instance, processState: 'T' } },
  ]);
  t.match(serverUnreachable(lost, told('hung'), world()).events, [{ type: 'server.hung' }]);
  t.strictSame(serverUnreachable(hung, told('hung'), world()), nothing);
});

t.test('without its socket, once', async (t) => {
  t.match(serverUnreachable(running, told('socket-lost'), world()).events, [
    { type: 'server.socket_lost', data: { server: 'main', instance, socket } },
  ]);
  t.match(serverUnreachable(hung, told('socket-lost'), world()).events, [
    { type: 'server.socket_lost' },
  ]);
  t.strictSame(serverUnreachable(lost, told('socket-lost'), world()), nothing);
});

t.test('nobody there: the kernel knows whether it lives', async (t) => {
  const nobody = told('absent', { instance: null });
  t.match(serverUnreachable(running, nobody, world()).events, [{ type: 'server.socket_lost' }]);
  t.strictSame(serverUnreachable(lost, nobody, world()), nothing);
  t.match(serverUnreachable(running, nobody, world(gone)).events.at(-1), {
    data: { how: 'unknown', text: 'nobody saw it go' },
  });
  for (const state of [dead, absent])
    t.strictSame(serverUnreachable(state, nobody, world()), nothing);
});

t.test('somebody there who does not answer a link that knows nothing', async (t) => {
  const silent = told('hung', { instance: null, processState: '' });
  t.match(serverUnreachable(running, silent, world()).events, [
    { type: 'server.hung', data: { instance } },
  ]);
  t.strictSame(serverUnreachable(hung, silent, world()), nothing);
  t.match(serverUnreachable(running, silent, world(gone)).events.at(-1), { type: 'server.died' });
  t.strictSame(serverUnreachable(running, told('unclear', { instance: null }), world()), nothing);
  for (const state of [dead, absent])
    t.strictSame(serverUnreachable(state, silent, world()), nothing);
});

t.test('what is said of another process, or of no server of ours, is nothing', async (t) => {
  const other = { pid: 1, startTime: 1 };
  for (const why of ['hung', 'socket-lost', 'unclear'] as const) {
    t.strictSame(serverUnreachable(running, told(why, { instance: other }), world()), nothing);
    t.strictSame(serverUnreachable(dead, told(why), world()), nothing);
    t.strictSame(serverUnreachable(running, told(why, { server: 'none' }), world()), nothing);
  }
  t.strictSame(serverUnreachable(running, told('unclear'), world()), nothing);
});
