import { strict as assert } from 'node:assert';
import { assertNoGap } from '../deployed/log.ts';
import {
  clockOf,
  eventsSince,
  livesOf,
  statusOf,
  untilStatus,
  untilWell,
} from '../deployed/say.ts';
import type { Check, Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

const fullDisk: Check = {
  name: 'on a full disk supervision goes on, and what happened is stored afterwards',
  async run({ machine }) {
    await untilWell(machine);
    const { seq } = await statusOf(machine);
    await machine.fillDisk();
    const began = await clockOf(machine);
    await machine.must('kill -9 $(pgrep -o -u deploy -x sleep)');
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    await machine.freeDisk();
    await untilWell(machine);
    await untilStatus(machine, 'the log is well', ({ agent }) => agent.log.status === 'ok');
    const types = (await eventsSince(machine, began - 1000)).map(({ type }) => type);
    for (const type of ['session.died', 'verdict.reached', 'supervision.started'] as const) {
      assert.ok(types.includes(type), `${type} is in the log: ${types}`);
    }
    await assertNoGap(machine, seq);
  },
};

const untouchedBy = (name: string, command: string): Check => ({
  name,
  async run({ machine }) {
    await untilWell(machine);
    const before = await statusOf(machine);
    await machine.must(command, { limitMs: 120_000 });
    await untilWell(machine);
    const after = await statusOf(machine);
    assert.deepEqual(livesOf(after), livesOf(before));
    assert.equal(after.agent.pid, before.agent.pid);
    await assertNoGap(machine, before.seq - 1);
  },
});

const journald = untouchedBy(
  'journald stopped and started again costs nothing but its entries',
  `units='systemd-journald.socket systemd-journald-dev-log.socket systemd-journald-audit.socket systemd-journald'
   systemctl stop $units; sleep 5; systemctl start $units`,
);

const dbus = untouchedBy('dbus restarted', 'systemctl restart dbus; sleep 3');

const clock: Check = {
  name: 'a clock two days on and back ends no session and loses no event',
  async run({ machine }) {
    await untilWell(machine);
    const before = await statusOf(machine);
    await machine.must('systemctl stop systemd-timesyncd; date -s "+2 days"; sleep 15');
    await machine.must('date -s "-2 days"; sleep 15');
    await machine.run('systemctl start systemd-timesyncd');
    await untilWell(machine);
    assert.deepEqual(livesOf(await statusOf(machine)), livesOf(before));
    // A death is noticed as before.
    const began = await clockOf(machine);
    await machine.must('kill -9 $(pgrep -o -u deploy -x sleep)');
    await untilWell(machine);
    const types = (await eventsSince(machine, began - 2000)).map(({ type }) => type);
    assert.ok(types.includes('session.died'), `${types}`);
    await assertNoGap(machine, before.seq);
  },
};

export const faults: Suite = {
  name: 'faults',
  about: 'a full disk, a journal that is away, dbus, a clock that jumps',
  after: deploy,
  checks: [fullDisk, journald, dbus, clock],
};
