import { strict as assert } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';
import type { Event } from '../../../agent/model/event.ts';
import { causesIn, deathsIn, eventsAfter } from '../deployed/events.ts';
import { sessionCount } from '../deployed/settings.ts';
import { untilWell } from '../deployed/status.ts';
import type { Machine } from '../machine.ts';
import { secondsOf } from '../seconds.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

/** More than is recorded while nobody waits for the disk. */
const mostLost = 200;

/**
 * A pulled plug takes the last events along (synchronous=NORMAL, sqlite.org/wal.html), and the next run gives their
 * numbers to others: what it recorded is read from its start.
 */
const ofLastRun = async (machine: Machine, seq: number): Promise<Event[]> => {
  const events = await eventsAfter(machine, Math.max(0, seq - mostLost));
  const started = events.findLast(({ type }) => type === 'agent.started');
  // What it found at its start comes before it says that it has started, and is no older.
  return events.filter(({ at }) => at >= (started?.at ?? Number.POSITIVE_INFINITY));
};

const outage = (
  name: string,
  cause: string,
  happen: (machine: Machine) => Promise<void>,
  read: (machine: Machine, seq: number) => Promise<Event[]> = eventsAfter,
): Check => ({
  name,
  async run({ machine, measure }) {
    const { seq } = await untilWell(machine);
    await happen(machine);
    const seconds = await secondsOf(() => untilWell(machine));
    measure(`${cause}: all sessions are back after the login answers`, seconds, 's');
    const explained = async () => {
      const events = await read(machine, seq);
      return causesIn(events).length > 0 ? events : null;
    };
    const events = await until('the outage is explained', explained, 240_000);
    // A second verdict may know more, and says the same.
    const verdicts = JSON.stringify(events.filter(({ type }) => type === 'verdict.reached'));
    assert.deepEqual([...new Set(causesIn(events))], [cause], verdicts);
    const incidents = events.filter(({ type }) => type === 'incident.opened');
    assert.equal(new Set(deathsIn(events)).size, sessionCount, `${deathsIn(events)}`);
    assert.equal(incidents.length, 1, `one incident: ${JSON.stringify(incidents)}`);
  },
});

/** Draws the time, each second (test/lab/deployed/settings.ts). */
const drawing = 'worker-1';

/** An ext4 of Debian commits what was renamed within five seconds. ms */
const committedMs = 30_000;

/** Those of what draws, as they are kept: an emulated processor may look for secrets in some of them a minute later. */
const drawn = `/usr/lib/holdfast/bin/node -e '
const entries = JSON.parse(fs.readFileSync("/var/lib/holdfast/screens.json", "utf8"));
const drawing = entries.filter(([, , { text }]) => /^[0-9]{2}:[0-9]{2}:[0-9]{2}$/m.test(text));
process.exit(drawing.length >= 5 ? 0 : 1)'`;

/** Since the machine was started, screens are on disk: within minutes. */
const untilKept = async (machine: Machine): Promise<void> => {
  const started = `$(awk '/^btime/ {print $2}' /proc/stat)`;
  const isNew = `[ "$(stat -c %Y /var/lib/holdfast/screens.json)" -gt "${started}" ] && ${drawn}`;
  const kept = async () => (await machine.run(isNew)).code === 0;
  await until('the screens are kept', kept, 600_000);
  await wait(committedMs);
};

const pullPlug = async (machine: Machine): Promise<void> => {
  await untilKept(machine);
  await machine.crash();
};

/** What it showed before the line of ours, and what it shows since. */
const hasScreen = async (machine: Machine): Promise<void> => {
  // A session is up a moment before its shell has printed that.
  const isThere = async (): Promise<boolean> => {
    const screen = await machine.as('deploy').must(`tmux capture-pane -pJ -S - -t =${drawing}:`);
    if (/^\d\d:\d\d:\d\d\n(.*\n)*-- Holdfast: ended .*--\n\d\d:\d\d:\d\d$/m.test(screen))
      return true;
    throw new Error(`its screen:\n${screen}`);
  };
  await until('its old screen is above its new one', isThere, 120_000);
};

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
    outage(
      'after a hard power-off too; the crash is one incident',
      'host-crash',
      pullPlug,
      ofLastRun,
    ),
    {
      name: 'and it left no session without its old screen',
      run: ({ machine }) => hasScreen(machine),
    },
  ],
};
