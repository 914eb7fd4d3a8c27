import t from 'tap';
import type { Config } from '../../../../agent/model/config/config.ts';
import { emptyState } from '../../../../agent/model/state.ts';
import { configEvents, socketsOfState } from '../../../../agent/observe/config/settings.ts';
import {
  declarationEvents,
  previousRun,
  rebootEnds,
} from '../../../../agent/observe/life/previous-run.ts';
import { sampleConfig } from '../../model/config/sample-config.ts';
import { after, birth, born, configApplied, running, socket, started } from '../../model/sample.ts';
import { onServer } from '../../model/sample-events.ts';
import { now, world } from '../sample-world.ts';

const onMine = birth('b', 1, {
  server: 'mine',
  instance: { pid: 9, startTime: 9 },
  life: 'boot0001/9-9/$1',
});
const twoServers = after(
  running,
  {
    at: born,
    type: 'server.found',
    data: {
      server: 'mine',
      instance: { pid: 9, startTime: 9 },
      socket: '/tmp/tmux-1000/default',
      managed: false,
      version: '',
    },
  },
  started(onMine),
);

const rebootedId = 'boot0002-0000';
const rebooted = () => world({ bootId: rebootedId, isAlive: () => true });

t.test('what the log says of the run before', async (t) => {
  t.equal(previousRun(emptyState()), null);
  t.strictSame(previousRun(running), {
    seq: running.seq,
    at: running.at,
    clean: false,
    bootId: 'boot0001-0000-0000',
  });
  const stopped = after(running, { at: now, type: 'agent.stopping', data: { reason: 'signal' } });
  t.match(previousRun(stopped), { clean: true, at: now });
});

t.test('without a reboot nothing is over', async (t) => {
  t.strictSame(
    rebootEnds(running, world().bootId, () => world()),
    [],
  );
  t.strictSame(rebootEnds(emptyState(), rebootedId, rebooted), []);
});

t.test('after a reboot every server is gone, all in one incident', async (t) => {
  const all = rebootEnds(twoServers, rebootedId, rebooted);
  t.strictSame(
    all.map(({ incident }) => incident),
    ['1', '1'],
  );
  const state = after(twoServers, ...all.flatMap(({ events }) => events));
  t.strictSame(state.counts.rejected, {});
  t.strictSame(state.lives, {});
  t.match(state.incidents, { 1: { server: 'main', sessions: ['bot', 'work', 'b'] } });
  t.equal(Object.keys(state.incidents).length, 1);
  t.strictSame(
    Object.values(state.servers).map(({ status }) => status),
    ['dead', 'dead'],
  );
});

t.test('a server that was gone before the reboot is not gone again', async (t) => {
  const dead = after(running, onServer('server.died'));
  t.strictSame(
    rebootEnds(dead, rebootedId, rebooted).flatMap(({ events }) => events),
    [],
  );
});

t.test('what is declared now and was not, and the other way round', async (t) => {
  const wanted = {
    web: { server: 'main', tmuxName: 'web' },
    bot: { server: 'main', tmuxName: 'bot' },
  };
  t.strictSame(declarationEvents(running, wanted, now), [
    {
      at: now,
      type: 'session.declared',
      data: { session: 'web', server: 'main', tmuxName: 'web' },
    },
  ]);
  t.strictSame(declarationEvents(running, {}, now), [
    { at: now, type: 'session.undeclared', data: { session: 'bot' } },
  ]);
  const moved = { bot: { server: 'other', tmuxName: 'bot' } };
  t.match(declarationEvents(running, moved, now), [
    { type: 'session.declared', data: { server: 'other' } },
  ]);
  const renamed = { bot: { server: 'main', tmuxName: 'bot_' } };
  t.match(declarationEvents(running, renamed, now), [
    { type: 'session.declared', data: { tmuxName: 'bot_' } },
  ]);
});

const config = (changes: Partial<Config> = {}): Config =>
  sampleConfig({
    servers: {
      main: { kind: 'managed', tmuxConfig: null, owner: null },
      mine: { kind: 'adopted', adopt: 'default', owner: null },
    },
    sessions: {
      'a.b': { server: 'main', command: null, cwd: null, env: {}, restart: 'on-failure' },
    },
    ...changes,
  });

const where = { source: 'holdfast.yaml', managedSocket: () => socket, sockets: [] };

t.test('a configuration as events', async (t) => {
  t.match(configEvents(emptyState(), config(), where, now), [
    {
      type: 'config.applied',
      data: {
        ...{ source: 'holdfast.yaml', sessions: 1, hash: /^[0-9a-f]{64}$/ },
        servers: [
          { server: 'main', managed: true, socket },
          { server: 'mine', managed: false, socket: 'default' },
        ],
      },
    },
    { type: 'session.declared', data: { session: 'a.b', server: 'main', tmuxName: 'a_b' } },
  ]);
});

t.test('applied again it changes nothing, and ends no life', async (t) => {
  const state = after(twoServers, ...configEvents(twoServers, config(), where, now));
  const events = configEvents(state, config(), where, now);
  t.strictSame(
    events.map(({ type }) => type),
    ['config.applied'],
  );
  t.strictSame(after(state, ...events).servers, state.servers);
});

t.test('lives on servers that are watched no more, or are others now, are let go', async (t) => {
  const letGo = (changed: Config['servers']) =>
    configEvents(twoServers, config({ servers: changed }), where, now).flatMap(({ type, data }) =>
      type === 'supervision.ended' ? [`${data.session} ${data.reason}`] : [],
    );
  t.strictSame(letGo(config().servers), []);
  t.strictSame(letGo({}), ['bot unwatched', 'work unwatched', 'b unwatched']);
  t.strictSame(
    letGo({ ...config().servers, mine: { kind: 'adopted', adopt: 'work', owner: null } }),
    ['b unwatched'],
  );
  t.strictSame(letGo({ ...config().servers, main: { kind: 'adopted', adopt: 'x', owner: null } }), [
    'bot unwatched',
    'work unwatched',
  ]);
});

t.test('adopted servers that may be alive are remembered by their sockets', async (t) => {
  t.strictSame(socketsOfState(twoServers), [
    { name: 'mine', path: '/tmp/tmux-1000/default', owner: null },
  ]);
  t.strictSame(socketsOfState(running), [], 'one that was never found is not');
  t.strictSame(socketsOfState(after(twoServers, configApplied([]))), []);
});
