import { strict as assert } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';
import type { Event } from '../../../agent/model/event.ts';
import { lastOrder } from '../../telegram/phone.ts';
import { deathsIn, eventsAfter } from '../deployed/events.ts';
import { alertsAfter, calmAfterMs, phoneOf, tellingMs, textOf } from '../deployed/phone.ts';
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

/** A busy machine brings a session back before it is known who it was: the incident says that later. */
const beginning = /^-- Holdfast: ended \d\d:\d\d:\d\d: .*; holdfast why \d+; back .*--$/m;

const namesPkill = (event: Event): boolean =>
  event.type === 'verdict.reached' && /^pkill /.test(event.data.verdict.actor?.cmdline ?? '');

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
      const explained = async (): Promise<boolean> => {
        const events = await eventsAfter(machine, before.seq);
        const verdicts = events.filter(({ type }) => type === 'verdict.reached');
        if (verdicts.some(namesPkill)) return true;
        throw new Error(`${deathsIn(events)}; ${JSON.stringify(verdicts)}`);
      };
      await until('it is known who it was', explained, tellingMs);
      await untilWell(machine);

      const events = await eventsAfter(machine, before.seq);
      assert.deepEqual(deathsIn(events).sort(), names.sort());
      const opened = events.filter(({ type }) => type === 'incident.opened');
      assert.equal(opened.length, 1, `one incident: ${JSON.stringify(opened)}`);
      const starts = events.filter(({ type }) => type === 'supervision.started');
      assert.equal(starts.length, names.length, `each is started once: ${JSON.stringify(starts)}`);
      measure('sessions back after all of their owner was killed', names.length);

      for (const name of names) {
        // A session is up a moment before its shell has printed that.
        const hasBegun = async () => beginning.test(await shownBy(machine, name));
        await until(`${name} begins with what was before`, hasBegun, 180_000);
      }
      const showsBoth = async (): Promise<boolean> => {
        const screen = await shownBy(machine, session);
        const [old = '', own = ''] = screen.split(beginning);
        if ([old, own].every((part) => /night v1\.4\.2/.test(part))) return true;
        throw new Error(`above the line is what it showed, below it what it shows:\n${screen}`);
      };
      await until(`${session} shows what it showed, and what it shows`, showsBoth, 60_000);

      const resolved = { after: order, limitMs: tellingMs };
      const looks = /Resolved[\s\S]*sessions died/;
      await phoneOf(machine).until('that all are back', looks, resolved);
      // On a busy machine that its link is long away, or a disk slow, is another alert.
      const all = alertsAfter(machine, order).map(textOf);
      const ofDeaths = all.filter((text) => / died: |sessions died/.test(text));
      assert.equal(ofDeaths.length, 1, all.join('\n--\n'));
    } finally {
      await undeclare(machine);
    }
  },
};
