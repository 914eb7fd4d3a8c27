import t from 'tap';
import { emptyState, type State } from '../../../agent/model/state.ts';
import { after, instance, running, socket } from '../model/sample.ts';
import { onServer } from '../model/sample-events.ts';
import { link, linked, observing } from './sample-observer.ts';
import { listing, now, session } from './sample-world.ts';

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

t.test('a server of another user is not believed to be its own', async (t) => {
  const { observer, told } = observing(emptyState(), {}, undefined, (uid) => uid === 1);
  const by = link(7);
  observer.handler.onHello(by);
  const before = told.events.length;
  const tell = () => observer.handler.onTold('server.listing', listing([session(1, 'bot')]), by);
  t.throws(tell, { code: 'not-its-server', message: /is no server of uid 1000$/ });
  t.equal(told.events.length, before);
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
