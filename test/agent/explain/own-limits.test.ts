import t from 'tap';
import { leaderOf, limitBehind, wasNearLimit } from '../../../agent/explain/own-limits.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';
import * as was from './rule/recorded.ts';
import { recordOf } from './rule/recorded.ts';

const [kill, cpu, fileSize] = [9, 24, 25];

type Leader = was.Recorded['leader'];

/** One that was measured four seconds before it was found dead, on a machine with two processors. */
const measured = (leader: Partial<Leader>, changes: Partial<was.Recorded> = {}): DeathRecord =>
  recordOf({ ...was.cpuHard, leader: { ageMs: 4536, ...leader }, ...changes });

/** The same a fifth of a second before. */
const justNow = (leader: Partial<Leader>): DeathRecord => measured(leader, { measured: -124 });

t.test('a limit of processor time counts where it can have been reached', async (t) => {
  t.equal(limitBehind(measured({ cpuHard: 3, cpuSoft: 3 }), kill), 'set');
  t.equal(limitBehind(measured({ cpuHard: 3, cpuSoft: 3 }), cpu), 'set');
  t.equal(limitBehind(measured({ cpuSoft: 3 }), cpu), 'set');
  t.equal(limitBehind(measured({ cpuSoft: 8 }), cpu), 'excluded', 'not by both processors');
  t.equal(limitBehind(measured({ cpuSoft: 8, cpuMs: 2000 }), cpu), 'set');
  t.equal(limitBehind(measured({ cpuSoft: 0 }), cpu), 'set', 'none at all is a second');
  t.equal(limitBehind(measured({}), cpu), 'excluded', 'there is none');
  t.equal(limitBehind(measured({}), kill), 'excluded');
});

t.test('who has no time for a second of it has reached none, whatever it set since', async (t) => {
  t.equal(limitBehind(justNow({ ageMs: 100 }), cpu), 'excluded');
  t.equal(limitBehind(justNow({ ageMs: 100, cpuSoft: 1 }), cpu), 'excluded');
  t.equal(limitBehind(justNow({ ageMs: 100, cpuMs: 700 }), cpu), 'open');
  t.equal(limitBehind(justNow({ ageMs: 100, cpuMs: 700, cpuSoft: 1 }), cpu), 'set');
});

t.test('one that had just begun may have set it since', async (t) => {
  t.equal(limitBehind(measured({ ageMs: 1999 }), cpu), 'open');
  t.equal(limitBehind(measured({ ageMs: 2000 }), cpu), 'excluded');
  t.equal(limitBehind(measured({ ageMs: 1999 }), fileSize), 'open');
  t.equal(limitBehind(measured({ ageMs: 2000 }), fileSize), 'excluded');
  t.equal(limitBehind(measured({ ageMs: 100, fileSize: 4096 }), fileSize), 'set');
});

t.test('the hard limit comes after the soft one, for who outlives that', async (t) => {
  t.equal(limitBehind(measured({ cpuSoft: 1, cpuHard: 3 }), kill), 'excluded');
  t.equal(limitBehind(measured({ cpuSoft: 1, cpuHard: 3, handles: [cpu] }), kill), 'set');
  t.equal(limitBehind(measured({ cpuSoft: 3, cpuHard: 3 }), kill), 'set');
});

t.test('where the number of processors is not known, any limit is in reach', async (t) => {
  const { host } = measured({});
  const { processors: _, ...rest } = host ?? was.hostOf(was.cpuHard);
  t.equal(limitBehind({ ...measured({ cpuSoft: 3600 }), host: rest }, cpu), 'set');
  t.equal(limitBehind({ ...measured({ cpuSoft: 3600 }), host: null }, cpu), 'set');
});

t.test(
  'other signals come from no limit, and of whom nobody looked at nothing is known',
  async (t) => {
    t.equal(limitBehind(measured({ cpuSoft: 1, cpuHard: 1, fileSize: 1 }), 15), 'excluded');
    for (const signal of [kill, cpu, fileSize]) {
      t.equal(limitBehind({ ...measured({}), panes: [] }, signal), 'open');
    }
  },
);

t.test('of several panes it is the one that ended as the session did', async (t) => {
  const [mine] = recordOf(was.cpuHard).panes;
  const [other] = recordOf(was.exited).panes;
  if (!mine || !other) throw new Error('they have a pane each');
  const of = (...panes: DeathRecord['panes']) => leaderOf({ ...recordOf(was.cpuHard), panes });
  t.strictSame(of(other, mine), mine.leader);
  t.equal(of(mine, mine), null, 'either of the two');
  t.equal(of(other, other), null);
  t.equal(of({ ...mine, exit: null }, other), null);
  t.strictSame(of(other), other.leader, 'there is only one');
});

t.test('most of a limit was used when it was measured', async (t) => {
  t.equal(wasNearLimit(measured({ cpuHard: 1, cpuSoft: 1, cpuMs: 900 }), kill), true);
  t.equal(wasNearLimit(measured({ cpuHard: 1, cpuSoft: 1, cpuMs: 890 }), kill), false);
  t.equal(wasNearLimit(measured({ cpuMs: 900 }), kill), false);
  t.equal(wasNearLimit({ ...measured({}), panes: [] }, kill), false);
});
