import { strict as assert } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';
import { lastOrder } from '../../telegram/phone.ts';
import { deathsIn, eventsAfter } from '../deployed/events.ts';
import { alertsAfter, calmAfterMs, phoneOf, textOf } from '../deployed/phone.ts';
import { statusOf, untilWell } from '../deployed/status.ts';
import type { Machine } from '../machine.ts';
import type { Check } from '../suite.ts';
import { until } from '../until.ts';
import { declare, session, undeclare } from './session.ts';

/** His panes, his tmux server, his link, his systemd: in one moment, by the name of their owner. */
const killAll = 'pkill -9 -u deploy';

/** All that a session shows and has shown, as whoever attaches to it can scroll. */
const shownBy = (machine: Machine, name: string): Promise<string> =>
  machine.as('deploy').must(`tmux capture-pane -pJ -S - -t =${name}:`);

const beginning = /^-- Holdfast: ended \d\d:\d\d:\d\d: .*pkill.*; holdfast why \d+; back .*--$/m;

export const everythingOfOwner: Check = {
  name: 'pkill -9 of everything a user owns: his sessions are back with their screens, in one incident, and the phone got one message',
  async run({ machine, measure }) {
    await declare(machine, 'on-failure');
    try {
      await untilWell(machine);
      await wait(calmAfterMs(machine, 1));
      const before = await statusOf(machine);
      const names = before.sessions
        .filter(({ server, declared }) => server === 'main' && declared)
        .map(({ session: name }) => name);
      const order = lastOrder(machine.telegram);

      await machine.must(killAll);
      await untilWell(machine);

      const events = await eventsAfter(machine, before.seq);
      assert.deepEqual(deathsIn(events).sort(), names.sort());
      const opened = events.filter(({ type }) => type === 'incident.opened');
      assert.equal(opened.length, 1, 'one incident');
      const starts = events.filter(({ type }) => type === 'supervision.started');
      assert.equal(starts.length, names.length, 'each is started once');
      measure('sessions back after all of their owner was killed', names.length);

      for (const name of names) {
        // A session is up a moment before its shell has printed that.
        const hasBegun = async () => beginning.test(await shownBy(machine, name));
        await until(`${name} begins with what was before`, hasBegun, 60_000);
      }
      const [old = '', own = ''] = (await shownBy(machine, session)).split(beginning);
      assert.match(old, /night v1\.4\.2/, 'above the line is what it showed');
      assert.match(own, /night v1\.4\.2/, 'below it is what it shows');

      const resolved = { after: order, limitMs: 90_000 };
      const looks = /Resolved[\s\S]*sessions died/;
      await phoneOf(machine).until('that all are back', looks, resolved);
      assert.equal(
        alertsAfter(machine, order).length,
        1,
        alertsAfter(machine, order).map(textOf).join('\n--\n'),
      );
    } finally {
      await undeclare(machine);
    }
  },
};
