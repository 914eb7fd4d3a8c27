import t from 'tap';
import type { AgentMethod } from '../../../agent/protocol/agent.ts';
import { aNotifier } from '../../exporters/prometheus/document.ts';
import { nobody } from '../model/sample.ts';
import { serving } from './serving.ts';

const blob = 'a'.repeat(64);
const long = 'a'.repeat(1001);

const ada = { channel: 'telegram', user: '7', name: 'Ada' };
const notifierEvents = [
  { at: 1, type: 'remote.refused', trace: 'a'.repeat(32), data: { remote: ada, what: '/status' } },
  {
    ...{ at: 2.5, type: 'alert.sent' },
    data: {
      ...{ alert: 'a', kind: 'k', incident: null, channel: 'webhook:ops', severity: 'info' },
      ...{ status: 'resolved', attempts: 3, afterMs: 1 },
    },
  },
];

const accepted: [AgentMethod, unknown][] = [
  ['version', undefined],
  ['events.read', { after: 0, since: -1.5, session: 'bot', types: ['session.died'], limit: 1000 }],
  ['incidents', { limit: 200 }],
  ['incident', { id: '1' }],
  ['screen.read', { blob }],
  ['session.stop', { session: '会'.repeat(1000) }],
  ['session.send', { session: 'bot', text: 'x'.repeat(16_384), enter: false }],
  ['log.level', { level: 'debug', session: 'bot' }],
  ['screen.capture', { session: 'bot' }],
  ['alert.acknowledge', {}],
  ['alert.silence', { session: null, forMs: 60_000, reason: 'Schlaf 😴' }],
  ['alert.silence', { session: 'bot', forMs: 30 * 86_400_000, reason: 'x'.repeat(200) }],
  ['alert.unsilence', { silence: 's9' }],
  ['notifier.report', aNotifier()],
  ['notifier.record', { events: notifierEvents }],
  ['alerts.list', { limit: 200 }],
];

const refused: [AgentMethod, unknown, string][] = [
  ['version', { more: 1 }, 'more'],
  ['version', [1], '0'],
  ['status', 'now', 'params'],
  ['events.read', { after: -1 }, 'after'],
  ['events.read', { after: 1.5 }, 'after'],
  ['events.read', { since: '5' }, 'since'],
  ['events.read', { limit: 1001 }, 'limit'],
  ['events.read', { types: Array(61).fill('x') }, 'types'],
  ['events.read', { types: ['x'.repeat(61)] }, 'types.0'],
  ['events.read', { session: '' }, 'session'],
  ['events.read', { upTo: 5 }, 'upTo'],
  ['events.subscribe', {}, 'after'],
  ['events.subscribe', { after: 0, subscriber: 'Mail' }, 'subscriber'],
  ['events.subscribe', { after: 0, subscriber: 'a'.repeat(42) }, 'subscriber'],
  ['incidents', { limit: 201 }, 'limit'],
  ['incident', { id: 1 }, 'id'],
  ['screen.read', { blob: `../${'a'.repeat(61)}` }, 'blob'],
  ['screen.read', { blob: 'A'.repeat(64) }, 'blob'],
  ['session.start', {}, 'session'],
  ['session.stop', { session: long }, 'session'],
  ['session.restart', { session: ['bot'] }, 'session'],
  ['session.send', { session: 'bot', text: 'x' }, 'enter'],
  ['session.send', { session: 'bot', text: 'x'.repeat(16_385), enter: true }, 'text'],
  ['session.attach', { session: null }, 'session'],
  ['log.level', { level: '' }, 'level'],
  ['config.reload', { path: '/etc/passwd' }, 'path'],
  ['screen.capture', { session: 'bot', remote: ada }, 'remote'],
  ['session.send', { session: 'bot', text: 'x', enter: true, remote: ada }, 'remote'],
  ['session.stop', { session: 'bot', remote: { ...ada, channel: 'mail' } }, 'remote.channel'],
  ['session.stop', { session: 'bot', remote: { ...ada, name: 'x'.repeat(101) } }, 'remote.name'],
  ['session.stop', { session: 'bot', remote: { ...ada, user: '' } }, 'remote.user'],
  ['alert.silence', { session: 'bot', forMs: 59_999, reason: '' }, 'forMs'],
  ['alert.silence', { session: 'bot', forMs: 30 * 86_400_000 + 1, reason: '' }, 'forMs'],
  ['alert.silence', { session: 'bot', forMs: 60_000, reason: 'x'.repeat(201) }, 'reason'],
  ['alert.silence', { session: 'bot', forMs: 60_000, reason: 'a\u001b[2J' }, 'reason'],
  ['alert.silence', { session: 'bot', forMs: 60_000, reason: 'a\nb' }, 'reason'],
  ['alert.silence', { forMs: 60_000, reason: '' }, 'session'],
  ['alert.unsilence', {}, 'silence'],
  [
    'notifier.report',
    { ...aNotifier(), channels: Array(101).fill(aNotifier().channels[0]) },
    'channels',
  ],
  ['notifier.report', { ...aNotifier(), suppressed: { 'a b': 1 } }, 'suppressed.a b'],
  ['notifier.report', { ...aNotifier(), token: 'x' }, 'token'],
  ['notifier.record', { events: Array(101).fill(notifierEvents[0]) }, 'events'],
  ['notifier.record', { events: [{ at: 1, type: 'session.died', data: {} }] }, 'events.0.type'],
  [
    'notifier.record',
    { events: [{ at: 1, type: 'alert.acknowledged', data: {} }] },
    'events.0.type',
  ],
  [
    'notifier.record',
    { events: [{ at: 1, type: 'remote.paired', data: { remote: ada, admin: true } }] },
    'events.0.data.admin',
  ],
  [
    'notifier.record',
    { events: [{ at: 1, type: 'remote.refused', data: { remote: ada, what: 'x'.repeat(101) } }] },
    'events.0.data.what',
  ],
  ['alerts.list', { limit: 201 }, 'limit'],
  ['pairing.remove', { user: 7 }, 'user'],
];

t.test('what is asked rightly is answered, and the kernel says who asked', async (t) => {
  const { client, calls } = await serving(t);
  const { call } = await client();
  for (const [method, params] of accepted) {
    t.strictSame(await call(method, params), { params: params ?? {} }, method);
  }
  t.strictSame(
    calls,
    accepted.map(([method, params]) => [method, params ?? {}, nobody]),
  );
});

t.test('any other parameter is refused, and nothing is done', async (t) => {
  const { client, calls } = await serving(t);
  const { call } = await client();
  for (const [method, params, where] of refused) {
    const message = new RegExp(`^${method}: ${where}: .{1,280}$`);
    await t.rejects(call(method, params), { code: 'invalid-params', message }, message.source);
  }
  t.strictSame(calls, []);
});
