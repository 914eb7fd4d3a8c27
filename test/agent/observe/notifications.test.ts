import t from 'tap';
import { after, instance, running, socket, work } from '../model/sample.ts';
import { opened } from '../model/sample-events.ts';
import { link, linked } from './sample-observer.ts';
import { brief, listing, now, row, session } from './sample-world.ts';

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

t.test(
  'limits that are not in force are known until they are, or another link says hello',
  async (t) => {
    const { observer, told, tell, samples } = linked();
    const unlimited = () => samples.servers.get('main')?.unlimited;
    const message = 'bot: memory.max (secret)';
    tell('link.trouble', { server: 'main', what: 'limits', message });
    t.equal(unlimited(), 'bot: memory.max (***)');
    tell('server.listing', listing([session(1, 'bot'), session(2, 'work')]));
    tell('link.trouble_over', { server: 'main', what: 'settings' });
    t.equal(unlimited(), 'bot: memory.max (***)');
    tell('link.trouble_over', { server: 'main', what: 'limits' });
    t.equal(unlimited(), null);
    t.match(samples.servers.get('main'), { resyncs: 1 });
    tell('link.trouble', { server: 'main', what: 'limits', message });
    observer.handler.onHello(link(8));
    t.equal(unlimited(), null);
    t.match(told.calls[0], ['trouble', 'the link cannot limit the sessions of server main']);
  },
);

t.test('deaths that join an incident share its trace', async (t) => {
  const { told, tell } = linked(after(running, { ...opened('1', ['first']), at: now }));
  tell('server.brief', brief([row('$2', 2)]));
  t.strictSame(told.traces, ['t'.repeat(32)]);
});
