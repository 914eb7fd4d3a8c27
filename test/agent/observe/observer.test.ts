import t from 'tap';
import type { NewEvent } from '../../../agent/model/event.ts';
import { emptySamples } from '../../../agent/model/samples.ts';
import type { State } from '../../../agent/model/state.ts';
import type { World } from '../../../agent/observe/life/world.ts';
import type { ConnectedLink } from '../../../agent/observe/link/links.ts';
import { createObserver } from '../../../agent/observe/observer.ts';
import { after, instance, running, socket, work } from '../model/sample.ts';
import { onServer, opened } from '../model/sample-events.ts';
import { brief, listing, now, row, session, world } from './sample-world.ts';

const link = (pid: number): ConnectedLink => ({
  ...{ protocol: 1, version: '1', owner: 'deploy', uid: 1000, pid, tmux: '3.5a' },
  call: () => new Promise<never>(() => undefined),
});

/** An observer upon a state that its events change, and what it told. */
const observing = (from: State = running, changes: Partial<World> = {}) => {
  const samples = emptySamples();
  const told = { events: [] as NewEvent[], traces: [] as unknown[], calls: [] as unknown[] };
  let state = from;
  const observer = createObserver({
    ...{ samples, state: () => state, world: () => world({ samples, ...changes }) },
    record: (events, trace) => {
      told.events.push(...events);
      told.traces.push(trace);
      state = after(state, ...events);
    },
    keepScreen: (text) => told.calls.push(['screen', text]),
    orders: () => [{ server: 'main', managed: true, socket, adopt: null, tmuxConfig: null }],
    onLink: () => told.calls.push(['link']),
    onObserved: (server) => told.calls.push(['observed', server]),
    onSockets: (sockets) => told.calls.push(['sockets', sockets]),
    onTrouble: (what) => told.calls.push(['trouble', what]),
    credentialsOf: () => null,
  });
  return {
    observer,
    samples,
    told,
    state: () => state,
    types: () => told.events.map(({ type }) => type),
  };
};

t.test('a link says hello and is told what to watch', async (t) => {
  const { observer, told } = observing();
  t.match(observer.handler.onHello(link(7)), [{ server: 'main' }]);
  t.strictSame(told.events, [
    { at: now, type: 'link.connected', data: { owner: 'deploy', uid: 1000, pid: 7, tmux: '3.5a' } },
  ]);
  t.equal(observer.link()?.pid, 7);
  t.equal(observer.linkSince(), now);
});

t.test('what is told of a server nobody asked for changes nothing', async (t) => {
  const { observer, samples, told } = observing();
  const { handler } = observer;
  handler.onTold('server.listing', { ...listing([session(1, 'bot')]), server: 'invented' });
  handler.onTold('server.gone', {
    ...{ server: 'invented', instance, text: '', at: now },
    how: 'killed',
  });
  t.strictSame(told.events, []);
  t.strictSame(told.calls, []);
  t.equal(samples.servers.size, 0);
});

t.test('the link that was lost is the one that is gone, though another has its pid', async (t) => {
  const { observer, types } = observing();
  const [before, again] = [link(7), link(7)];
  observer.handler.onHello(before);
  observer.handler.onHello(again);
  observer.handler.onLost(before, 'closed');
  t.equal(observer.link(), again);
  observer.handler.onLost(again, 'x'.repeat(500));
  t.equal(observer.link(), null);
  t.strictSame(types(), ['link.connected', 'link.connected', 'link.lost']);
});

t.test('each message becomes events, and says what was looked at', async (t) => {
  const { observer, told, samples, types } = observing();
  const { handler } = observer;
  handler.onTold('server.listing', listing([session(1, 'bot'), session(2, 'work')]));
  t.equal(samples.lives.size, 2);
  handler.onTold('screens', {
    server: 'main',
    screens: [{ pane: '%1', text: 'hi', takenAt: now }],
  });
  handler.onTold('server.brief', brief([row('$2', 2)]));
  t.strictSame(types(), ['incident.opened', 'session.died', 'supervision.ended']);
  t.strictSame([...samples.lives.keys()], [work.life], 'the dead are forgotten');
  const lost = {
    server: 'main',
    instance,
    why: 'hung',
    processState: 'T',
    socket,
    at: now,
  } as const;
  handler.onTold('server.unreachable', lost);
  handler.onTold('server.gone', { server: 'main', instance, how: 'killed', text: 'lost', at: now });
  t.strictSame(types().slice(3), [
    'server.hung',
    'incident.grew',
    'session.died',
    'supervision.ended',
    'server.died',
  ]);
  handler.onTold('sockets.found', { sockets: [{ name: 'a', path: '/a' }] });
  t.strictSame(told.calls, [
    ...[
      ['observed', 'main'],
      ['screen', 'hi'],
      ['observed', 'main'],
      ['observed', 'main'],
    ],
    ['sockets', [{ name: 'a', path: '/a' }]],
  ]);
});

t.test('what the link itself cannot do is said, and changes nothing', async (t) => {
  const { observer, told } = observing();
  const trouble = { what: 'settings', message: 'unknown option' } as const;
  observer.handler.onTold('link.trouble', { server: 'main', ...trouble });
  observer.handler.onTold('link.trouble', { server: 'invented', ...trouble });
  t.strictSame(told.events, []);
  t.strictSame(told.calls, [['trouble', 'the link cannot apply its settings to server main']]);
});

t.test('deaths that join an incident share its trace', async (t) => {
  const { observer, told } = observing(after(running, { ...opened('1', ['first']), at: now }));
  observer.handler.onTold('server.brief', brief([row('$2', 2)]));
  t.strictSame(told.traces, ['t'.repeat(32)]);
});

t.test('without a link, servers are seen by their pid', async (t) => {
  const { observer, types, state } = observing(running, { isAlive: () => false });
  observer.lookWithoutLink();
  t.equal(types().at(-1), 'server.died');
  t.strictSame(state().lives, {});
  observer.lookWithoutLink();
  t.equal(types().filter((type) => type === 'server.died').length, 1, 'once');
});

t.test('with a link, only those it does not reach', async (t) => {
  const dies = (from: State): boolean => {
    const { observer, types } = observing(from, { isAlive: () => false });
    observer.handler.onHello(link(7));
    observer.lookWithoutLink();
    return types().includes('server.died');
  };
  t.notOk(dies(running));
  t.ok(dies(after(running, onServer('server.socket_lost'))));
  t.ok(dies(after(running, onServer('server.hung'))));
  const { observer, types } = observing();
  observer.lookWithoutLink();
  t.strictSame(types(), [], 'one that lives is left alone');
});
