import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { StatusDocument } from '../../agent/model/status/status.ts';
import { connect } from '../../agent/protocol/client.ts';
import { aNotifier } from '../exporters/prometheus/document.ts';
import { startRig } from './rig.ts';
import { eventually } from './sampled.ts';

const secret = 'Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2';

const config = JSON.stringify({
  sessions: {
    shown: {
      command: `printf '\\033[32mgreen\\033[0m API_TOKEN=${secret.slice(0, 9)}\\033[1m${secret.slice(9)}\\n'; exec cat`,
      importance: 'high',
    },
  },
  alerts: { webhooks: { ops: { urlCredential: 'ops' } } },
});

const remote = { channel: 'telegram', user: '7', name: 'Ada' } as const;

t.test('what a notifier is given and may do, from afar to tmux and back', async (t) => {
  const rig = await startRig(t, { config });
  const [before] = await rig.up('shown');
  const requests = { 'alerts.list': (params: unknown) => ({ alerts: [params] }) };
  const notifier = await connect(rig.paths.agentSocket, { requests });
  t.teardown(() => notifier.close());

  t.match(await notifier.call('alert.settings', {}), {
    alerts: { repeatMs: 14_400_000, webhooks: { ops: { urlCredential: 'ops' } } },
    sessions: { shown: { importance: 'high', restart: true } },
    host: /./,
  });

  await t.rejects(rig.client.call('alerts.list', { limit: 3 }), { code: 'no-notifier' });
  await notifier.call('notifier.attach', {});
  t.strictSame(await rig.client.call('alerts.list', { limit: 3 }), { alerts: [{ limit: 3 }] });

  const screen = await eventually('the screen', async () => {
    const found = await notifier.call('screen.capture', { session: 'shown' });
    return found.text.includes('API_TOKEN') ? found : undefined;
  });
  t.match(screen, { session: 'shown', columns: 80, rows: 24 });
  t.match(screen.text, /^\x1b\[32mgreen\x1b\[/);
  t.match(screen.text, /API_TOKEN=\[redacted\]/);
  t.notMatch(screen.text, /Zx9|o4Nm3/);

  await notifier.call('session.restart', { session: 'shown', remote });
  const again = await rig.until('another life', (events) => {
    const lives = events.flatMap((event) =>
      event.type === 'supervision.started' ? [event.data.life] : [],
    );
    return lives.find((life) => life !== before);
  });
  t.ok(again);
  for (const { data } of [...rig.of('action.requested').slice(-2), ...rig.of('intent.declared')]) {
    t.match(data.by, { uid: process.getuid?.(), pid: process.pid, session: null, remote });
  }
  t.equal(rig.of('session.died').length, 0, 'it was meant');

  const silence = await notifier.call('alert.silence', {
    ...{ session: 'shown', forMs: 60_000, reason: 'I am on it', remote },
  });
  await notifier.call('notifier.report', aNotifier());
  const told = { alert: 'a1', kind: 'session-died', incident: null, channel: 'telegram:7' };
  await notifier.call('notifier.record', {
    events: [
      { at: 1e15, type: 'alert.failed', data: { ...told, code: '403', message: 'blocked' } },
    ],
  });
  const { at } = await rig.until('the failure', () => rig.of('alert.failed')[0]);
  t.ok(at <= Date.now(), 'not of the future');

  const status = await rig.client.call('status', {});
  t.strictSame(status.silences, [silence]);
  t.match(status.notifier, { cursor: 1230, telegram: { bot: 'holdfast_bot' } });
  await eventually('the same in state.json', () => {
    const file = join(rig.home, 'state/state.json');
    const { silences } = JSON.parse(readFileSync(file, 'utf8')) as StatusDocument;
    return silences?.length === 1 ? true : undefined;
  });

  await rig.agent.kill('SIGKILL');
  await rig.startAgent();
  const after = await rig.client.call('status', {});
  t.strictSame(after.silences, [silence], 'a silence survives the agent');
  t.equal(after.notifier, null, 'what it said of itself does not');
  await rig.client.call('alert.unsilence', { silence: 'shown' });
  t.strictSame((await rig.client.call('status', {})).silences, []);
});

t.test('an incident is acknowledged, once', async (t) => {
  const rig = await startRig(t, { config });
  await rig.up('shown');
  await t.rejects(rig.client.call('alert.acknowledge', {}), { code: 'unknown-incident' });
  await rig.tmux('send-keys', '-t', 'shown', 'C-d');
  const { incident } = await rig.until('a death', () => rig.of('incident.opened')[0]?.data);
  const answer = { incident, sessions: ['shown'] };
  t.strictSame(await rig.client.call('alert.acknowledge', {}), answer);
  t.strictSame(await rig.client.call('alert.acknowledge', { incident }), answer);
  await rig.until('the event', () => rig.of('alert.acknowledged')[0]);
  t.equal(rig.of('alert.acknowledged').length, 1);
  const { incidents } = await rig.client.call('status', {});
  t.equal(typeof incidents.at(-1)?.acknowledgedAt, 'number');
});
