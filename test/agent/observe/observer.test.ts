import t from 'tap';
import type { NewEvent } from '../../../agent/model/event.ts';
import { emptySamples } from '../../../agent/model/samples.ts';
import type { State } from '../../../agent/model/state.ts';
import type { OwnedOrder } from '../../../agent/observe/config/orders.ts';
import type { World } from '../../../agent/observe/life/world.ts';
import type { ConnectedLink } from '../../../agent/observe/link/links.ts';
import { createObserver } from '../../../agent/observe/observer.ts';
import type { LinkNotifications } from '../../../agent/protocol/link.ts';
import { after, instance, running, socket, work } from '../model/sample.ts';
import { onServer, opened } from '../model/sample-events.ts';
import { brief, listing, now, row, session, world } from './sample-world.ts';

const link = (pid: number): ConnectedLink => ({
  ...{ protocol: 1, version: '1', owner: 'deploy', uid: 1000, pid, tmux: '3.5a' },
  call: () => new Promise<never>(() => undefined),
});

/** An observer upon a state that its events change, and what it told. */
const observing = (
  from: State = running,
  changes: Partial<World> = {},
  orders: OwnedOrder[] = [
    { server: 'main', managed: true, socket, adopt: null, tmuxConfig: null, owner: null },
  ],
) => {
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
    orders: () => orders,
    firstOwner: () => (orders.length > 1 ? 'deploy' : null),
    now: () => now,
    nameOf: () => 'deploy',
    onLink: (servers) => told.calls.push(['link', servers]),
    onObserved: (server) => told.calls.push(['observed', server]),
    onSockets: (owner, sockets) => told.calls.push(['sockets', owner, sockets]),
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

/** With a link that has said hello; what that told is forgotten. */
const linked = (from?: State) => {
  const made = observing(from);
  const by = link(7);
  made.observer.handler.onHello(by);
  for (const list of Object.values(made.told)) list.length = 0;
  type Told = LinkNotifications;
  const tell = <M extends keyof Told>(method: M, told: Told[M]): void =>
    made.observer.handler.onTold(method, told, by);
  return { ...made, tell };
};

t.test('a link says hello and is told what to watch', async (t) => {
  const { observer, told } = observing();
  t.match(observer.handler.onHello(link(7)), [{ server: 'main' }]);
  t.strictSame(told.events, [
    { at: now, type: 'link.connected', data: { owner: 'deploy', uid: 1000, pid: 7, tmux: '3.5a' } },
  ]);
  t.equal(observer.linkOf('main')?.pid, 7);
  t.equal(observer.linkSince('main'), now);
});

t.test('what is told of a server nobody asked for changes nothing', async (t) => {
  const { samples, told, tell } = linked();
  tell('server.listing', { ...listing([session(1, 'bot')]), server: 'invented' });
  tell('server.gone', {
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
  t.equal(observer.linkOf('main'), again);
  observer.handler.onLost(again, 'x'.repeat(500));
  t.equal(observer.linkOf('main'), null);
  t.strictSame(types(), ['link.connected', 'link.connected', 'link.lost']);
});

t.test('each message becomes events, and says what was looked at', async (t) => {
  const { told, samples, types, tell } = linked();
  tell('server.listing', listing([session(1, 'bot'), session(2, 'work')]));
  t.equal(samples.lives.size, 2);
  tell('screens', {
    server: 'main',
    screens: [{ pane: '%1', text: 'hi', takenAt: now }],
  });
  tell('server.brief', brief([row('$2', 2)]));
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
  tell('server.unreachable', lost);
  tell('server.gone', { server: 'main', instance, how: 'killed', text: 'lost', at: now });
  t.strictSame(types().slice(3), [
    'server.hung',
    'incident.grew',
    'session.died',
    'supervision.ended',
    'server.died',
  ]);
  tell('sockets.found', { sockets: [{ name: 'a', path: '/a' }] });
  t.strictSame(told.calls, [
    ...[
      ['observed', 'main'],
      ['screen', 'hi'],
      ['observed', 'main'],
      ['observed', 'main'],
    ],
    ['sockets', 'deploy', [{ name: 'a', path: '/a' }]],
  ]);
});

t.test('what the link itself cannot do is said, and changes nothing', async (t) => {
  const { told, tell } = linked();
  const trouble = { what: 'settings', message: 'unknown option' } as const;
  tell('link.trouble', { server: 'main', ...trouble });
  tell('link.trouble', { server: 'invented', ...trouble });
  t.strictSame(told.events, []);
  t.strictSame(told.calls, [['trouble', 'the link cannot apply its settings to server main']]);
});

t.test('deaths that join an incident share its trace', async (t) => {
  const { told, tell } = linked(after(running, { ...opened('1', ['first']), at: now }));
  tell('server.brief', brief([row('$2', 2)]));
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

t.test('each owner has a link, and is heard of his own servers only', async (t) => {
  const order = (server: string, owner: string | null) => ({
    ...{ server, managed: true, socket, adopt: null, tmuxConfig: null, owner },
  });
  const { observer, told } = observing(running, {}, [order('main', null), order('hers', 'alice')]);
  const [his, hers] = [link(7), { ...link(8), owner: 'alice', uid: 1001 }];
  t.match(observer.handler.onHello(hers), [{ server: 'hers' }]);
  t.match(observer.handler.onHello(his), [{ server: 'main' }]);
  t.notMatch(observer.handler.onHello(his)[0], { owner: 'deploy' }, 'the wire has no owner');
  told.calls.length = 0;
  observer.handler.onTold(
    'server.gone',
    { server: 'main', instance, how: 'killed', text: '', at: now },
    hers,
  );
  t.strictSame(told.calls, [], 'what she says of his server is not believed');
  observer.handler.onLost(hers, 'closed');
  t.equal(observer.linkOf('hers'), null);
  t.equal(observer.linkOf('main'), his);
  t.strictSame(told.calls, [['link', ['hers']]]);
});
