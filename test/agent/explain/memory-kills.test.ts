import t from 'tap';
import type { Evidence, MemoryCount } from '../../../agent/explain/evidence.ts';
import { countLines, isScarce, killsAround } from '../../../agent/explain/memory-kills.ts';
import { isMemoryExcluded, killsLeft } from '../../../agent/explain/written/kills-left.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';
import { kernelSaid, killed } from './rule/recorded.ts';
import { at, death, evidence, hostWith, signal } from './sample-death.ts';

/** Measured two seconds before, and seen alive a second later. */
const dead = death({ exit: { ...signal(9), at: at - 1000 }, host: hostWith() });

const counted = (kills: number, changes: Partial<Evidence> = {}): Evidence =>
  evidence({ deaths: [dead], memoryKills: { since: at - 2000, until: at, kills }, ...changes });

/** Of deaths whose server lives. */
const around = (deaths: DeathRecord[], now: MemoryCount | null | undefined) =>
  killsAround({ deaths, serverEnd: null }, now);

t.test('kills are counted from the last measure to the news of the death', async (t) => {
  t.strictSame(around([dead], { at, kills: 4 }), { since: at - 2000, until: at, kills: 0 });
  t.match(around([dead], { at, kills: 7 }), { kills: 3 });
});

t.test('or from the one before, where the death may have come before the last', async (t) => {
  const oomKillsBefore = { at: at - 5000, kills: 3 };
  const host = hostWith({ oomKillsBefore });
  const now = { at, kills: 4 };
  t.match(around([{ ...dead, host }], now), { since: at - 2000, kills: 0 });
  const late = { ...dead, host: { ...host, at: at - 400 } };
  t.match(around([late], now), { since: at - 5000, kills: 1 });
  const hung = { ...dead, lastSeen: at - 9000, exit: null, host };
  t.match(around([hung], now), { since: at - 5000, kills: 1 }, 'none is before it');
  const serverEnd = { at: at - 3000, how: 'killed' as const, text: '' };
  const found = { deaths: [{ ...dead, host }], serverEnd };
  t.match(killsAround(found, now), { since: at - 5000, kills: 1 }, 'the server went earlier');
});

t.test(
  'where one of the two is missing, or they do not belong together, nobody counted',
  async (t) => {
    const old = death({ host: hostWith({ at: at - 60_001 }) });
    const { oomKills: _, ...silent } = hostWith();
    t.equal(around([dead], null), null);
    t.equal(around([dead], undefined), null);
    t.equal(around([death()], { at, kills: 4 }), null, 'the machine was not measured');
    t.equal(around([death({ host: silent })], { at, kills: 4 }), null);
    t.equal(around([], { at, kills: 4 }), null);
    t.equal(around([old], { at, kills: 4 }), null, 'long before');
    t.equal(around([dead], { at, kills: 3 }), null, 'the machine was started again');
    t.equal(around([dead], { at: at - 3000, kills: 4 }), null, 'a clock that was set back');
  },
);

t.test('the kernel killed nobody, and so none of these', async (t) => {
  t.equal(isMemoryExcluded(counted(0)), true);
  t.equal(isMemoryExcluded(counted(1)), false);
  t.equal(isMemoryExcluded(evidence({ deaths: [dead] })), false, 'nobody counted');
  const late = { memoryKills: { since: at - 100, until: at, kills: 0 } };
  t.equal(isMemoryExcluded(counted(0, late)), false, 'it may have been before that');
  const server = { at, how: 'killed' as const, text: '' };
  t.equal(isMemoryExcluded(counted(0, { serverEnd: server })), true);
  t.equal(isMemoryExcluded(counted(0, { ...late, serverEnd: server })), false);
});

t.test('whom its log names as somebody else was none of these', async (t) => {
  const text = (pid: number) =>
    `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/x,task=hog,pid=${pid},uid=0`;
  const said = (pid: number, when = at - 300) => ({
    ...kernelSaid(killed, 0, text(pid)),
    at: when,
  });
  const pane = { id: '%1', pid: 7, startTime: 70, command: '', exit: null, historyLines: 0 };
  const deaths = [{ ...dead, panes: [pane] }];
  const left = (kills: number, ...facts: Evidence['facts'] & object) =>
    killsLeft(counted(kills, { deaths, facts }));
  t.equal(left(1), 1, 'it was not read');
  t.equal(left(1, said(500)), 0);
  t.equal(left(2, said(500)), 1);
  t.equal(left(1, said(7)), 1, 'its own');
  t.equal(left(1, said(500, at - 60_000)), 1, 'another time');
  t.equal(left(0, said(500)), 0, 'a kill just before');
  t.equal(killsLeft(evidence()), null);
  t.equal(isMemoryExcluded(counted(1, { deaths, facts: [said(500)] })), true);
  const serverEnd = { at, how: 'killed' as const, text: '' };
  const server = { name: 'main', managed: true, instance: { pid: 500, startTime: 1 } };
  t.equal(
    killsLeft(counted(1, { deaths, facts: [said(500)], server, serverEnd })),
    1,
    'the server',
  );
});

t.test('what was counted, in a line', async (t) => {
  t.strictSame(countLines(counted(0)), []);
  t.strictSame(countLines(evidence()), []);
  t.match(countLines(counted(1)), [{ at, source: 'oom-count', text: /killed 1 process .* 2 s/ }]);
  t.match(countLines(counted(3)), [{ text: /killed 3 processes / }]);
});

t.test('whether the machine itself was out of memory', async (t) => {
  t.equal(isScarce({ host: null }), null);
  t.equal(isScarce({ host: hostWith({ memoryAvailableBytes: 5 }) }), false);
  t.equal(isScarce({ host: hostWith({ memoryAvailableBytes: 4 }) }), true);
});
