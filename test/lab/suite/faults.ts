import { strict as assert } from 'node:assert';
import type { Event } from '../../../agent/model/event.ts';
import { untilStatus } from '../deployed/status.ts';
import { undisturbed } from '../deployed/undisturbed.ts';
import { killVictim, victim } from '../deployed/victim.ts';
import type { Machine } from '../machine.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

/**
 * Breaks something, lets a session die, mends it, and lets it die again: both deaths have to be in the log, what was
 * broken too where the agent can know, and nothing else may have happened.
 */
const fault = (
  name: string,
  breakIt: (machine: Machine) => Promise<unknown>,
  mend: (machine: Machine) => Promise<unknown>,
  isNoticed: (machine: Machine) => Promise<unknown> = async () => undefined,
  recorded: readonly Event['type'][] = [],
): Check => ({
  name: `${name}: still supervising, recorded honestly`,
  async run({ machine }) {
    const act = async (): Promise<void> => {
      try {
        await breakIt(machine);
        await killVictim(machine);
        await isNoticed(machine);
      } finally {
        await mend(machine);
      }
      await killVictim(machine);
    };
    const victims = [victim, victim];
    const { before, after, events } = await undisturbed(machine, act, { victims });
    assert.equal(after.agent.pid, before.agent.pid, 'the agent is the same process');
    const types = new Set<string>(events.map(({ type }) => type));
    for (const type of ['verdict.reached', 'session.created', ...recorded]) {
      assert.ok(types.has(type), `${type} is in the log: ${[...types]}`);
    }
    assert.equal(after.agent.log.status, 'ok');
  },
});

/** The state file cannot be written either; systemd has the last word of the agent. */
const logWaits = (machine: Machine): Promise<string> =>
  until(
    'the log waits in memory',
    async () => {
      const text = await machine.must('systemctl show -P StatusText holdfast-agent');
      return text.includes('waits in memory') ? text : null;
    },
    60_000,
  );

/** A log that was written around once goes on in blocks it has: given back, the next event needs a new one. */
const emptyWal = (machine: Machine): Promise<string> =>
  machine.must('runuser -u holdfast -- /usr/lib/holdfast/bin/node --no-warnings -', {
    stdin: `const { DatabaseSync } = require('node:sqlite');
new DatabaseSync('/var/lib/holdfast/events.db').exec('PRAGMA busy_timeout=10000; PRAGMA wal_checkpoint(TRUNCATE)');`,
  });

const fullDisk = fault(
  'a full disk',
  async (machine) => {
    await emptyWal(machine);
    await machine.fillDisk();
  },
  async (machine) => {
    await machine.freeDisk();
    await untilStatus(machine, 'the log is written', ({ agent }) => agent.log.status === 'ok');
  },
  logWaits,
  ['log.degraded', 'log.recovered'],
);

const journal =
  'systemd-journald.socket systemd-journald-dev-log.socket systemd-journald-audit.socket systemd-journald';
const journald = fault(
  'journald stopped',
  (machine) => machine.must(`systemctl stop ${journal} 2>/dev/null`),
  (machine) => machine.must(`systemctl start ${journal}`),
);

const dbus = fault(
  'dbus restarted',
  (machine) => machine.must('systemctl restart dbus'),
  // It does not find its way back to the bus by itself, and every login would wait for it.
  (machine) => machine.must('systemctl restart systemd-logind && systemctl is-active dbus'),
);

const clock = fault(
  'the clock two days on, and back',
  (machine) => machine.must('systemctl stop systemd-timesyncd && date -s "+2 days"'),
  (machine) => machine.must('date -s "-2 days" && systemctl start systemd-timesyncd'),
);

export const faults: Suite = {
  name: 'faults',
  about: 'a full disk, a journal that is away, dbus, a clock that jumps',
  after: deploy,
  checks: [fullDisk, journald, dbus, clock],
};
