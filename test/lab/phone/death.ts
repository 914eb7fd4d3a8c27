import { strict as assert } from 'node:assert';
import { shown } from '../../telegram/ledger.ts';
import { lastOrder } from '../../telegram/phone.ts';
import { eventsAfter } from '../deployed/events.ts';
import {
  alertsAfter,
  hasButton,
  phoneOf,
  press,
  tellingMs,
  textOf,
  toldAfter,
} from '../deployed/phone.ts';
import { statusOf, untilStatus } from '../deployed/status.ts';
import type { Machine } from '../machine.ts';
import type { Check, Lab } from '../suite.ts';
import { until } from '../until.ts';
import { declare, pidOf, session, undeclare } from './session.ts';

const limitMs = tellingMs;
const kill = async (machine: Machine, name: string): Promise<void> => {
  await machine.must(`kill -9 ${await pidOf(machine, name)}`);
};

/** From the death as the agent knows it until the message was accepted, by the machine's own clock. */
const measureTold = async ({ machine, measure }: Lab, seq: number): Promise<void> => {
  const events = await eventsAfter(machine, seq);
  const died = events.find(({ type }) => type === 'session.died');
  const sent = events.find(({ type }) => type === 'alert.sent');
  if (died === undefined || sent === undefined) return;
  measure('from a death to its message accepted, emulated', (sent.at - died.at) / 1000, 's');
};

const screen = async ({ machine, measure }: Lab): Promise<void> => {
  const before = Date.now();
  const picture = await press(machine, 'Screen', (message) => shown(message).media !== undefined);
  measure('a screen as a picture, emulated', (shown(picture).at - before) / 1000, 's');
  const { media } = shown(picture);
  assert.ok(media !== undefined && media.width > 100 && media.height > 40, 'it has a size');
  assert.equal(media.bytes.toString('latin1', 1, 4), 'PNG');
  const unit = await machine.must(
    `cat /sys/fs/cgroup$(systemctl show -P ControlGroup holdfast-notifier)/memory.events; systemctl show -P MemoryPeak holdfast-notifier`,
  );
  assert.match(unit, /^oom_kill 0$/m);
  measure(
    'holdfast-notifier at its peak, with the picture',
    Number(unit.split('\n').at(-1)) / 2 ** 20,
    'MiB',
  );
};

export const death: Check = {
  name: 'a death reaches the phone; Why, Screen as a picture, ack at a terminal, Restart once it is confirmed, and it is over',
  async run(lab) {
    const { machine } = lab;
    await declare(machine);
    try {
      const { seq } = await statusOf(machine);
      const order = lastOrder(machine.telegram);
      const dead = new RegExp(`${session} .*(died|killed)`);
      const message = await toldAfter(machine, () => kill(machine, session), dead);
      await phoneOf(machine).until('the cause', /signal 9|SIGKILL/, { after: order, limitMs });
      await press(machine, 'Why', /Evidence/i);
      await screen(lab);
      const acknowledge = () => machine.must(`holdfast ack ${session}`, { limitMs: 120_000 });
      await toldAfter(machine, acknowledge, /Acknowledged/);
      await press(machine, 'Restart', hasButton('Yes'));
      await press(machine, 'Yes', /✅/);
      await phoneOf(machine).until('that it is over', /Resolved/, { after: order, limitMs });
      const again = alertsAfter(machine, order).filter(
        (one) => textOf(one).includes(`${session} `) && shown(one).keyboard,
      );
      assert.ok(again.includes(message), 'it is the same message');
      await measureTold(lab, seq);
      const events = await eventsAfter(machine, seq);
      const restarts = events.filter((event) => event.type === 'action.requested');
      assert.ok(JSON.stringify(restarts).includes('4711'), 'the log says who asked');
    } finally {
      await undeclare(machine);
    }
  },
};

const silenced = 'worker-3';

export const commands: Check = {
  name: 'alert test, alerts, silence and status do what they say at the terminal; a silenced death is told nobody',
  async run({ machine }) {
    const holdfast = (line: string) => machine.must(`holdfast ${line}`, { limitMs: 120_000 });
    let said = '';
    const test = async () => {
      said = await holdfast('alert test');
    };
    await toldAfter(machine, test, /this is a test/);
    assert.match(said, /telegram:4711 +accepted/);
    await holdfast(`silence ${silenced} --for 10m --reason 'the lab'`);
    try {
      const order = lastOrder(machine.telegram);
      await kill(machine, silenced);
      const isKnown = async () => /silenced/.test(await holdfast('alerts --json'));
      await untilStatus(machine, 'it is back', ({ sessions }) =>
        sessions.some(({ session: name, status }) => name === silenced && status === 'up'),
      );
      await until('the list says that it was silenced', isKnown, limitMs);
      assert.match(await holdfast('silence'), new RegExp(silenced));
      assert.match(await holdfast('status'), /notifier: .*1 silence in force/);
      const told = alertsAfter(machine, order).map(textOf);
      assert.deepEqual(
        told.filter((text) => text.includes(silenced)),
        [],
        told.join('\n--\n'),
      );
    } finally {
      await holdfast(`unsilence ${silenced}`);
    }
  },
};
