import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Event, EventOf, EventType } from '../../agent/model/event.ts';
import type { UnitLine } from '../../agent/model/status/unit-line.ts';
import { unitsServer } from '../../agent/model/unit-state.ts';
import { startFakeSystemd } from './fake-systemctl.ts';
import { type Rig, startRig } from './rig.ts';
import { eventually } from './sampled.ts';

const unit = 'telegram-gateway.service';
const bot = join(import.meta.dirname, 'unit-bot.mjs');
const stopped = { ActiveState: 'inactive', SubState: 'dead', ExecMainCode: '1' };

/** A unit `gateway` whose bot has a login that lasts so long, ms: the next one a day, lest it runs out while a test looks at it. */
const gateway = async (t: Test, lastsMs: number, entry: object, link = true) => {
  const systemd = startFakeSystemd(t, unit);
  const rig = await startRig(t, {
    config: JSON.stringify({ units: { gateway: { unit, ...entry } } }),
    ...{ env: systemd.env, link },
  });
  const env = { ...process.env, HOLDFAST_HEARTBEAT: rig.paths.heartbeatSocket };
  return {
    ...{ systemd, rig },
    start: (ms = lastsMs): void =>
      systemd.start(process.execPath, [bot, String(ms)], { cwd: rig.home, env }),
    asked: (): string => readFileSync(systemd.asked, 'utf8'),
  };
};

const next = <T extends EventType>(rig: Rig, type: T): Promise<EventOf<T>> =>
  rig.until(type, (events: Event[]) =>
    events.findLast((event): event is EventOf<T> & Event => event.type === type),
  ) as Promise<EventOf<T>>;

const gatewayThat = (rig: Rig, what: string, is: (one: UnitLine) => boolean): Promise<UnitLine> =>
  eventually(`the unit that ${what}`, async () => {
    const [one] = (await rig.client.call('status', {})).units ?? [];
    return one && is(one) ? one : undefined;
  });

const day = 24 * 3_600_000;
const refresh = { maxAge: 'never', quiet: '0s', timeout: '12s' };

t.test('the login of a unit is renewed before it runs out, by systemd', async (t) => {
  const { systemd, rig, start, asked } = await gateway(t, 24_000, { refresh });
  systemd.hold(true);
  start();
  const started = await next(rig, 'refresh.started');
  t.match(started.data, {
    ...{ session: 'gateway', server: unitsServer, way: 'restart', reason: 'expiry' },
    login: { by: 'bot' },
  });
  t.ok(started.at < Number(started.data.login.expiresAt), 'before it ran out');
  await eventually('systemd is asked', () => (asked() === '' ? undefined : true));
  t.equal(asked(), `restart ${unit}\n`);
  await systemd.end('SIGTERM', stopped);
  start(day);
  systemd.hold(false);
  const done = await next(rig, 'refresh.done');
  t.equal(done.data.refresh, started.data.refresh);
  t.not(done.data.life, started.data.life);
  const ended = await next(rig, 'unit.ended');
  t.match(ended.data, { life: started.data.life, how: 'stopped', next: 'restarting' });
  t.not(ended.data.action, null, 'that was us');
  const one = await gatewayThat(
    rig,
    'was renewed',
    ({ refresh: line }) => line?.counts.done === 1 && line.login !== null,
  );
  t.match(one, {
    ...{ deaths: 0, healthRestarts: 0 },
    refresh: { login: { by: 'bot' }, lasted: { renewed: { count: 1 } } },
  });
});

t.test('what a person has stopped a moment before is not started by a refresh', async (t) => {
  const { systemd, rig, start, asked } = await gateway(t, 3_600_000, { refresh });
  start();
  await next(rig, 'bot.session_changed');
  await systemd.end('SIGTERM', stopped);
  const asks = rig.client.call('session.refresh', { session: 'gateway' });
  const begun = await asks.catch(({ code }: { code: string }) => code);
  // The agent may have looked in between.
  if (typeof begun === 'string') t.equal(begun, 'not-running');
  else {
    const failed = await next(rig, 'refresh.failed');
    t.match(failed.data, { refresh: begun.refresh, code: 'action-failed' });
  }
  await gatewayThat(rig, 'is stopped', ({ status }) => status === 'stopped');
  t.equal(asked(), '', 'systemd was asked for nothing');
});

t.test('a link asks whether its server answers; without one that is not looked at', async (t) => {
  const server = createServer((socket) => socket.destroy());
  t.teardown(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const looks = { interval: '1s', grace: '0s', failAfter: 1, outOf: 1 };
  const health = { ...looks, heartbeat: { within: '1h' }, tcp: { port } };
  const { rig, start } = await gateway(t, 3_600_000, { health }, false);
  start();
  const unseen = await gatewayThat(
    rig,
    'is well without a link',
    (one) => one.health?.status === 'healthy',
  );
  const tcpOf = ({ health: line }: UnitLine) => line?.checks.find(({ check }) => check === 'tcp');
  t.match(tcpOf(unseen), { level: null, unasked: 'no link has connected yet' });
  await rig.startLink();
  const seen = await gatewayThat(rig, 'is asked', (one) => tcpOf(one)?.level === 'ok');
  t.equal(tcpOf(seen)?.unasked, undefined);
  const closed = once(server, 'close');
  server.close();
  await closed;
  const down = await gatewayThat(rig, 'has failed', (one) => one.health?.status === 'failed');
  t.match(down.health, { check: 'tcp' });
});
