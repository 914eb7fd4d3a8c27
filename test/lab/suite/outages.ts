import { strict as assert } from 'node:assert';
import { clockOf, eventsSince, untilWell } from '../deployed/say.ts';
import type { Machine } from '../machine.ts';
import { secondsOf } from '../seconds.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

/** What the log says of an outage: how many incidents for each server, and their causes. */
const recordOf = async (machine: Machine, began: number) => {
  const explained = async () => {
    const events = await eventsSince(machine, began);
    const opened = events.flatMap((event) =>
      event.type === 'incident.opened' ? [event.data] : [],
    );
    const causes = events.flatMap((event) =>
      event.type === 'verdict.reached' ? [event.data.verdict.cause] : [],
    );
    return opened.length > 0 && causes.length >= opened.length ? { opened, causes } : null;
  };
  return until('the outage is explained', explained, 90_000);
};

const outage = (
  name: string,
  cause: string,
  happen: (machine: Machine) => Promise<void>,
): Check => ({
  name,
  async run({ machine, measure }) {
    await untilWell(machine);
    const began = await clockOf(machine);
    await happen(machine);
    measure(
      `${cause}: all sessions are back after the login answers`,
      await secondsOf(() => untilWell(machine)),
      's',
    );
    const { opened, causes } = await recordOf(machine, began);
    assert.deepEqual(new Set(causes), new Set([cause]));
    assert.equal(opened.length, 1, `one incident: ${JSON.stringify(opened)}`);
  },
});

export const outages: Suite = {
  name: 'outages',
  about: 'a reboot and a pulled plug',
  after: deploy,
  checks: [
    outage(
      'after a reboot declared sessions are back; the shutdown is one incident',
      'shutdown',
      (m) => m.reboot(),
    ),
    outage('after a hard power-off too; the crash is one incident', 'host-crash', (m) => m.crash()),
  ],
};
