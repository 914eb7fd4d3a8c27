import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { parseConfig } from '../../agent/model/config/parse.ts';
import type { UnitLine } from '../../agent/model/status/unit-line.ts';
import { startFakeSystemd } from '../e2e/fake-systemctl.ts';
import { type Rig, startRig } from '../e2e/rig.ts';
import { eventually } from '../e2e/sampled.ts';
import { createPhone } from '../telegram/phone.ts';
import { startBotApi } from '../telegram/server.ts';
import { botDirectory } from './bot-directory.ts';
import { readMarkdown } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const directory = join(root, 'docs/examples/telegram-gateway');
const example = (name: string): string => readFileSync(join(directory, name), 'utf8');
const guide = readFileSync(join(root, 'docs/guides/telegram-gateway.md'), 'utf8');
const unit = 'telegram-gateway.service';

t.test('the guide shows each file of the example as it is', async (t) => {
  const shown = readMarkdown(guide).blocks.map(({ text }) => text);
  for (const name of readdirSync(directory)) t.ok(shown.includes(example(name)), name);
});

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0;

t.test(
  'systemd has nothing to say against the unit',
  {
    skip: analyze ? false : 'there is no systemd-analyze',
  },
  async (t) => {
    const place = t.testdir({ [unit]: example(unit).replace('/usr/bin/node', '/bin/true') });
    const { stderr } = spawnSync('systemd-analyze', ['verify', join(place, unit)], {
      encoding: 'utf8',
    });
    // It looks at all units of the machine as well.
    t.notMatch(stderr, /telegram-gateway/);
  },
);

t.test('the unit takes its token from a credential, and Holdfast watches that unit', async (t) => {
  const text = example(unit);
  t.match(text, /^LoadCredential=telegram-token:/m);
  t.notMatch(text, /^Environment=.*TOKEN/im);
  t.match(text, /^Restart=always$/m, 'crashes are systemd’s');
  const { config, warnings } = parseConfig(
    [{ path: 'holdfast.yaml', text: example('holdfast.yaml') }],
    { home: '/' },
  );
  t.strictSame(warnings, []);
  t.match(config.units, { gateway: { unit, health: { onFailure: 'restart' } } });
});

const gatewayOf = async (rig: Rig): Promise<UnitLine | undefined> =>
  (await rig.client.call('status', {})).units?.[0];

const gatewayThat = (rig: Rig, what: string, is: (one: UnitLine) => boolean): Promise<UnitLine> =>
  eventually(`the gateway that ${what}`, async () => {
    const gateway = await gatewayOf(rig);
    return gateway && is(gateway) ? gateway : undefined;
  });

const isReady = ({ status, bots }: UnitLine): boolean =>
  status === 'up' && bots[0]?.state === 'ready';

t.test('the gateway runs as a unit: ready, asked, killed, stopped', async (t) => {
  const api = await startBotApi();
  t.teardown(() => api.close());
  const place = await botDirectory(t);
  cpSync(join(directory, 'bot.mjs'), join(place, 'bot.mjs'));
  mkdirSync(join(place, 'credentials'));
  writeFileSync(join(place, 'credentials/telegram-token'), `${api.token}\n`);
  const systemd = startFakeSystemd(t, unit);
  const config = parse(example('holdfast.yaml'));
  // Looks that come within a test, and no cgroup of its own whose memory could be measured.
  const { memory: _, ...health } = config.units.gateway.health;
  config.units.gateway.health = { ...health, interval: '1s', grace: '0s', failAfter: 1 };
  const rig = await startRig(t, { config: JSON.stringify(config), env: systemd.env });
  await gatewayThat(rig, 'is stopped', ({ status }) => status === 'stopped');

  const start = (): void =>
    systemd.start(process.execPath, ['bot.mjs'], {
      cwd: place,
      env: {
        ...{ PATH: process.env['PATH'], TELEGRAM_API_ROOT: api.root },
        ...{ CREDENTIALS_DIRECTORY: join(place, 'credentials') },
        HOLDFAST_HEARTBEAT: rig.paths.heartbeatSocket,
      },
    });
  start();
  const ready = await gatewayThat(rig, 'is ready', isReady);
  t.match(ready, { name: 'gateway', unit, deaths: 0, end: null });
  await gatewayThat(rig, 'is well', ({ health }) => health?.status === 'healthy');

  const answer = await createPhone(api, { id: 7, name: 'Ada' }).ask('weather?');
  t.match(JSON.stringify(answer), /you said: weather\?/);
  await gatewayThat(rig, 'has told so', ({ bots }) => bots[0]?.in?.count === 1);

  const restarting = { ActiveState: 'activating', SubState: 'auto-restart', Result: 'signal' };
  await systemd.end('SIGKILL', { ...restarting, ExecMainCode: '2', ExecMainStatus: '9' });
  const dead = await gatewayThat(rig, 'is restarted', ({ status }) => status === 'restarting');
  t.match(dead, { deaths: 1, end: { how: 'died', why: 'its program was ended by SIGKILL' } });
  start();
  const again = await gatewayThat(rig, 'is ready again', isReady);
  t.not(again.life, ready.life);
  t.equal(again.restarts, 1);

  await systemd.end('SIGTERM', { ActiveState: 'inactive', SubState: 'dead', ExecMainCode: '1' });
  const stopped = await gatewayThat(rig, 'is stopped', ({ status }) => status === 'stopped');
  t.match(stopped, { deaths: 1, end: { how: 'stopped', exit: { status: 0 } } });

  await rig.client.call('session.start', { session: 'gateway' });
  t.equal(readFileSync(systemd.asked, 'utf8'), `restart ${unit}\n`, 'and nothing before that');
  const events = await rig.events();
  // What it wrote last is told when the journal has answered, before the next run or after.
  const types = events
    .map(({ type }) => type)
    .filter((type) => type.startsWith('unit.') && type !== 'unit.output');
  t.strictSame(types, [
    ...['unit.declared', 'unit.down', 'unit.up', 'unit.ended', 'unit.up', 'unit.ended'],
  ]);
  t.notMatch(JSON.stringify(events), api.token);
});
