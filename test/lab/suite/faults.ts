import { strict as assert } from 'node:assert';
import type { Event } from '../../../agent/model/event.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { eventsAfter } from '../deployed/events.ts';
import { untilStatus, untilWell } from '../deployed/status.ts';
import { undisturbed } from '../deployed/undisturbed.ts';
import { killVictim, victim } from '../deployed/victim.ts';
import type { Machine } from '../machine.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

const always: readonly Event['type'][] = ['verdict.reached', 'session.created'];

const typeOf = ({ type }: Event): string => type;

const isWritten = ({ agent }: StatusDocument): boolean => agent.log.status === 'ok';

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
      // The life that is to die next is known by then.
      await untilWell(machine);
      await killVictim(machine);
    };
    const victims = [victim, victim];
    const { before, after } = await undisturbed(machine, act, { victims });
    assert.equal(after.agent.pid, before.agent.pid, 'the agent is the same process');
    // A verdict comes when all are up again, where much was asked in vain.
    const isComplete = async (): Promise<boolean> => {
      const types = new Set<string>((await eventsAfter(machine, before.seq)).map(typeOf));
      const missing = [...always, ...recorded].filter((type) => !types.has(type));
      if (missing.length === 0) return true;
      throw new Error(`${missing} is not among ${[...types]}`);
    };
    await until('all of it is in the log', isComplete, 120_000);
    await untilStatus(machine, 'the log is written', isWritten);
  },
});

/** The state file cannot be written either; systemd has the last word of the agent. */
const logWaits = (machine: Machine): Promise<string> =>
  until(
    'the log waits in memory',
    async () => {
      const text = await machine.must('systemctl show -P StatusText holdfast-agent');
      if (text.includes('waits in memory')) return text;
      throw new Error(`systemd says: ${text}; df: ${await machine.must('df / | tail -n 1')}`);
    },
    180_000,
  );

/** A log that was written around once goes on in blocks it has: given back, the next event needs a new one. */
const emptyWal = async (machine: Machine): Promise<void> => {
  const truncate = async (): Promise<boolean> => {
    const said = await machine.must(
      'runuser -u holdfast -- /usr/lib/holdfast/bin/node --no-warnings -',
      {
        stdin: `const { DatabaseSync } = require('node:sqlite');
const db = new DatabaseSync('/var/lib/holdfast/events.db');
db.exec('PRAGMA busy_timeout=10000');
console.log(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get().busy);`,
      },
    );
    if (said === '0') return true;
    throw new Error(`busy: ${said}`);
  };
  await until('the log is written back', truncate, 120_000);
};

const fullDisk = fault(
  'a full disk',
  async (machine) => {
    await emptyWal(machine);
    await machine.fillDisk();
  },
  async (machine) => {
    await machine.freeDisk();
    await untilStatus(machine, 'the log is written', isWritten);
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
