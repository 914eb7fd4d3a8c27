import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { WhyDocument } from '../../../agent/cli/why/document.ts';
import type { Event } from '../../../agent/model/event.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import type { UnitLine } from '../../../agent/model/status/unit-line.ts';
import { eventsAfter } from '../deployed/events.ts';
import { statusOf, untilStatus, untilWell } from '../deployed/status.ts';
import type { Machine } from '../machine.ts';
import type { Check, Lab, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

const example = join(import.meta.dirname, '../../../docs/examples/telegram-gateway');
const bot = join(import.meta.dirname, '../guest/unit-bot.cjs');
const unit = 'telegram-gateway.service';

/** The program alone is another one: the machine has no network, and no Node but ours. Each start counts, ours as well. */
const dropIn = `[Unit]
StartLimitIntervalSec=20s

[Service]
ExecStart=
ExecStart=/usr/lib/holdfast/bin/node /opt/telegram-gateway/bot.cjs
`;

const directory = `/etc/systemd/system/${unit}.d`;

/** As the example has it, but for a patience that a lab has. */
const declared = `
units:
  gateway:
    unit: ${unit}
    health: {onFailure: restart, interval: 1s, grace: 5s, failAfter: 1, outOf: 1, heartbeat: {within: 30s}}
`;

const gatewayIn = ({ units = [] }: StatusDocument): UnitLine | undefined =>
  units.find(({ name }) => name === 'gateway');

const untilGateway = async (
  machine: Machine,
  what: string,
  isSo: (unit: UnitLine) => boolean,
  limitMs?: number,
): Promise<UnitLine> => {
  const isThat = (document: StatusDocument): boolean => {
    const gateway = gatewayIn(document);
    return gateway !== undefined && isSo(gateway);
  };
  const status = await untilStatus(machine, `the unit ${what}`, isThat, limitMs);
  return gatewayIn(status) as UnitLine;
};

const isReady = ({ status, bots }: UnitLine): boolean =>
  status === 'up' && bots[0]?.state === 'ready';

const untilReady = (machine: Machine, since?: UnitLine): Promise<UnitLine> =>
  untilGateway(machine, 'is up and ready', (one) => isReady(one) && one.life !== since?.life);

type Ended = Extract<Event, { type: 'unit.ended' }>['data'];

const endsAfter = async (machine: Machine, seq: number): Promise<Ended[]> =>
  (await eventsAfter(machine, seq)).flatMap((event) =>
    event.type === 'unit.ended' ? [event.data] : [],
  );

const installed: Check = {
  name: 'the unit of the example is installed, declared, up, and its bot is ready',
  essential: true,
  async run({ machine }) {
    await untilWell(machine);
    await machine.must('mkdir -p /opt/telegram-gateway/node_modules /etc/telegram-gateway');
    await machine.must(
      'ln -sfn /usr/lib/holdfast/heartbeat /opt/telegram-gateway/node_modules/holdfast',
    );
    await machine.put(bot, '/opt/telegram-gateway/bot.cjs');
    await machine.put(join(example, unit), `/etc/systemd/system/${unit}`);
    await machine.must('umask 077; echo lab >/etc/telegram-gateway/token');
    await machine.must(`mkdir -p ${directory}; cat >${directory}/lab.conf`, { stdin: dropIn });
    await machine.must(`systemd-analyze verify /etc/systemd/system/${unit}`);
    await machine.must(`systemctl daemon-reload; systemctl start ${unit}`);
    await machine.must('cat >>/etc/holdfast/holdfast.yaml', { stdin: declared });
    await machine.must('holdfast polkit --write && systemctl reload holdfast-agent');
    await untilReady(machine);
    assert.match(await machine.must('holdfast status'), /gateway +up/);
    assert.match(
      await machine.must('holdfast doctor --all --only unit-rights'),
      /exactly the declared units/,
    );
  },
};

const pageOf = async (machine: Machine): Promise<WhyDocument> =>
  JSON.parse(await machine.must('holdfast why gateway --json')) as WhyDocument;

/** By the page that people read. */
const isNamed = async (machine: Machine, incident: string): Promise<boolean> => {
  const page = await pageOf(machine);
  const { cause, actor } = page;
  if (page.incident === incident && cause === 'signal' && /^perl -e kill/.test(`${actor?.cmdline}`))
    return true;
  throw new Error(`of ${page.incident}, not ${incident}: ${JSON.stringify({ cause, actor })}`);
};

/** What the program prints (test/lab/guest/unit-bot.cjs), by the journal of the run that was killed. */
const isQuoted = async (machine: Machine, life: string | undefined): Promise<boolean> => {
  const { deaths } = await pageOf(machine);
  const death = deaths.find((one) => one.life === life);
  if (death?.screenTail?.split('\n').includes('gateway: up and ready')) return true;
  throw new Error(`shown of ${life}: ${JSON.stringify(deaths)}`);
};

const killBot = async ({ machine }: Lab): Promise<void> => {
  const before = await untilReady(machine);
  const { seq } = await statusOf(machine);
  await machine.must(`perl -e 'kill "KILL", ${before.pid}'`);
  const after = await untilReady(machine, before);
  assert.equal(after.deaths, before.deaths + 1);
  const end = await until(
    'its end is in the log',
    async () => (await endsAfter(machine, seq))[0],
    60_000,
  );
  assert.deepEqual(
    [end.how, end.result, end.exit?.signal, end.next],
    ['died', 'signal', 9, 'restarting'],
    JSON.stringify(end),
  );
  await until('the killer is named', () => isNamed(machine, String(end.death?.incident)), 120_000);
  await until('its last lines are shown', () => isQuoted(machine, end.life), 60_000);
  const actions = (await eventsAfter(machine, seq)).filter(
    ({ type }) => type === 'action.requested',
  );
  assert.deepEqual(actions, [], 'Holdfast does nothing');
};

const crashes: Check = {
  name: 'one that is killed is started again by systemd, and Holdfast names who did it, shows what it wrote last, and does nothing',
  run: killBot,
};

/** systemd would have started it again by now (RestartSec=2s), and Holdfast looked twice. */
const noStartMs = 12_000;

const stopped: Check = {
  name: 'systemctl stop of an operator is respected: it stays down, and is no failure',
  async run({ machine }) {
    await untilReady(machine);
    const { seq } = await statusOf(machine);
    await machine.must(`systemctl stop ${unit}`);
    await untilGateway(machine, 'is stopped', ({ status }) => status === 'stopped');
    await wait(noStartMs);
    const state = await machine.run(`systemctl is-active ${unit}`);
    assert.equal(state.stdout.trim(), 'inactive');
    const events = await eventsAfter(machine, seq);
    const ends = await endsAfter(machine, seq);
    const how = ends.map((end) => end.how);
    assert.deepEqual(how, ['stopped'], JSON.stringify(ends));
    assert.ok(!events.some(({ type }) => type === 'unit.failed' || type === 'action.requested'));
  },
};

/**
 * An emulated machine may take longer than the agent waits for systemd: what was asked for comes all the same.
 * @returns whether it was seen to its end
 */
const ask = async (machine: Machine, verb: string): Promise<boolean> => {
  const { code, stdout, stderr } = await machine.run(`holdfast ${verb} gateway`);
  const isSlow = /systemd goes on with it/.test(stdout) || /no answer to session\./.test(stderr);
  assert.ok(code === 0 || isSlow, stdout + stderr);
  return code === 0;
};

const operated: Check = {
  name: 'holdfast start, restart and stop go through systemd, by the polkit rule',
  async run({ machine }) {
    const down = await untilGateway(machine, 'is stopped', ({ status }) => status === 'stopped');
    await ask(machine, 'start');
    const first = await untilReady(machine, down);
    await ask(machine, 'restart');
    await untilReady(machine, first);
    const { seq } = await statusOf(machine);
    const isDone = await ask(machine, 'stop');
    await untilGateway(machine, 'is stopped', ({ status }) => status === 'stopped');
    const [end] = await endsAfter(machine, seq);
    assert.equal(end?.how, 'stopped');
    if (isDone) assert.notEqual(end?.action, null, 'by an action of ours');
    await ask(machine, 'start');
    await untilReady(machine);
  },
};

const hangs: Check = {
  name: 'one that hangs is silent, and Holdfast has systemd restart it',
  async run({ machine, measure }) {
    const before = await untilReady(machine);
    const { seq } = await statusOf(machine);
    const from = performance.now();
    await machine.must(`kill -STOP ${before.pid}`);
    await untilReady(machine, before);
    measure('from a hang to a bot that is ready again', (performance.now() - from) / 1000, 's');
    const done = async () =>
      (await eventsAfter(machine, seq)).some(({ type }) => type === 'action.done');
    await until('the action is settled', done, 60_000);
    const events = await eventsAfter(machine, seq);
    const asked = events.find((event) => event.type === 'action.requested')?.data;
    const why = JSON.stringify(events);
    assert.deepEqual([asked?.kind, asked?.reason], ['unit.restart', 'unhealthy'], why);
    assert.ok(!events.some(({ type }) => type === 'unit.failed'));
  },
};

/** Due when the unit is two minutes old, as old as it has to be. */
const renewal = '    refresh: {maxAge: 4m, before: 2m, quiet: 0s, timeout: 2m, maxAttempts: 1}\n';

const renewed: Check = {
  name: 'one whose login gets old is restarted through systemd, and that is no death',
  async run({ machine }) {
    const file = '/etc/holdfast/holdfast.yaml';
    const before = await untilReady(machine);
    const { seq } = await statusOf(machine);
    await machine.must(`cat >>${file}`, { stdin: renewal });
    await machine.must('systemctl reload holdfast-agent');
    const isDone = ({ refresh }: UnitLine): boolean => (refresh?.counts.done ?? 0) > 0;
    await untilGateway(machine, 'is refreshed', isDone, 600_000);
    const after = await untilReady(machine, before);
    assert.equal(after.deaths, before.deaths);
    const events = await eventsAfter(machine, seq);
    const begun = events.find((event) => event.type === 'refresh.started')?.data;
    assert.deepEqual([begun?.way, begun?.reason], ['restart', 'age']);
    const asked = events.find((event) => event.type === 'action.requested')?.data;
    assert.deepEqual([asked?.kind, asked?.reason], ['unit.restart', 'refresh']);
    const [end] = await endsAfter(machine, seq);
    assert.deepEqual([end?.how, end?.next], ['stopped', 'restarting']);
    await machine.must(`sed -i '$d' ${file} && systemctl reload holdfast-agent`);
    await untilGateway(machine, 'is refreshed no more', ({ refresh }) => !refresh?.login);
  },
};

const refused: Check = {
  name: 'the agent may do nothing to a unit that is not declared, nor anything else to one that is',
  async run({ machine }) {
    const asAgent = (words: string) =>
      machine.run(`runuser -u holdfast -- systemctl --no-ask-password ${words}`);
    for (const words of [
      'stop cron.service',
      'restart ssh.service',
      `start ${unit}`,
      `kill ${unit}`,
      `reload ${unit}`,
      `set-property ${unit} MemoryMax=1G`,
      `disable ${unit}`,
    ]) {
      const { code, stderr } = await asAgent(words);
      assert.notEqual(code, 0, words);
      assert.match(stderr, /denied|authentication|authorized/i, words);
    }
    const before = await untilReady(machine);
    assert.equal((await asAgent(`restart ${unit}`)).code, 0);
    await untilReady(machine, before);
  },
};

const gone: Check = {
  name: 'what systemd gives up is said, and no longer declared it takes its rights along',
  async run({ machine }) {
    const before = await untilReady(machine);
    const { seq } = await statusOf(machine);
    await machine.must('echo "process.exit(1)" >/opt/telegram-gateway/bot.cjs');
    // As the example has it.
    await machine.must(`sed -i /StartLimit/d ${directory}/lab.conf; systemctl daemon-reload`);
    await machine.must(`kill -KILL ${before.pid}`);
    await untilGateway(machine, 'is given up', ({ status }) => status === 'failed');
    const events = await eventsAfter(machine, seq);
    assert.equal(events.filter(({ type }) => type === 'unit.failed').length, 1);
    const file = '/etc/holdfast/holdfast.yaml';
    await machine.must(`sed -i '/^units:/,$d' ${file}`);
    await machine.must('holdfast polkit --write && systemctl reload holdfast-agent');
    await untilStatus(machine, 'it is gone', (status) => gatewayIn(status) === undefined);
    await machine.must(`systemctl reset-failed ${unit}; rm -r /etc/systemd/system/${unit}*`);
    await machine.must('systemctl daemon-reload; test ! -e /etc/polkit-1/rules.d/49-holdfast*');
    await untilWell(machine);
  },
};

export const bots: Suite = {
  name: 'bots',
  about: 'a bot that is a unit of systemd',
  after: deploy,
  checks: [installed, crashes, stopped, operated, hangs, renewed, refused, gone],
};
