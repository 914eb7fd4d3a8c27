import t from 'tap';
import { precededBy } from '../../../../agent/explain/preceded/preceded.ts';
import { giga, machine, mega, session } from './measured.ts';

const of = (points: ReturnType<typeof machine>) => precededBy({ machine: points, deaths: [] });
const ofSessions = (...deaths: ReturnType<typeof session>[]) =>
  precededBy({ machine: machine([giga]), deaths });

t.test('of a calm minute, and of one that nobody measured, nothing is said', async (t) => {
  t.strictSame(of([]), []);
  t.strictSame(of(machine([giga, giga + 50 * mega, giga])), []);
  t.strictSame(ofSessions(session('web', [200 * mega, 230 * mega, 210 * mega])), []);
  const older = { session: 'web', usage: null };
  t.strictSame(precededBy({ machine: [], deaths: [older, session('api', [])] }), []);
});

t.test('memory of the machine that rose', async (t) => {
  const rising = machine([1.2 * giga, 1.1 * giga, 1.5 * giga, 1.9 * giga]);
  t.strictSame(of(rising), ['memory of the machine rose from 1.1G to 1.9G of 2.0G in 10 s']);
  t.strictSame(
    of(machine([1.1 * giga, 1.6 * giga, 1.2 * giga])),
    ['memory of the machine rose from 1.1G to 1.6G of 2.0G in 5 s'],
    'what was given back had been used all the same',
  );
  t.strictSame(of(machine([1.6 * giga, 1.1 * giga])), [], 'it fell');
});

t.test('memory of the machine that was used up all the time', async (t) => {
  const full = ['of the memory of the machine 1.9G of 2.0G were used'];
  t.strictSame(of(machine([1.9 * giga])), full);
  t.strictSame(of(machine([1.88 * giga, 1.9 * giga])), full);
  t.strictSame(of(machine([1.7 * giga, 1.75 * giga])), []);
});

t.test('a machine that does not say how much it has', async (t) => {
  t.strictSame(of(machine([0, 0], { memoryTotalBytes: 0, memoryAvailableBytes: 0 })), []);
});

t.test('memory of the sessions that took most more, by two at most', async (t) => {
  const rising = ofSessions(
    session('small', [10 * mega, 90 * mega]),
    session('web', [200 * mega, 300 * mega, 900 * mega]),
    session('api', [100 * mega, 400 * mega]),
    session('bot', [50 * mega, 250 * mega]),
  );
  t.strictSame(rising, [
    'memory of "web" rose from 200M to 900M in 10 s',
    'memory of "api" rose from 100M to 400M in 5 s',
  ]);
  t.strictSame(ofSessions(session('large', [giga, 1.3 * giga])), [], 'a third more');
});

t.test('a session that has nearly all it may have', async (t) => {
  t.strictSame(ofSessions(session('web', [40 * mega, 47 * mega], 50 * mega)), [
    '"web" had 47.0M of the 50.0M it may have',
  ]);
  t.strictSame(ofSessions(session('web', [40 * mega, 490 * mega], 512 * mega)), [
    'memory of "web" rose from 40.0M to 490M of the 512M it may have in 5 s',
  ]);
  t.strictSame(ofSessions(session('web', [40 * mega, 44 * mega], 50 * mega)), []);
});

t.test('what had to wait, where the kernel says so', async (t) => {
  const pressed = (cpu: number, memory: number, io: number) =>
    of([...machine([giga], { pressure: { cpu, memory, io } }), ...machine([giga], { cpuBusy: 1 })]);
  t.strictSame(pressed(45.4, 31, 40), [
    'memory pressure 31 %, CPU pressure 45 %, I/O pressure 40 %',
  ]);
  t.strictSame(pressed(44.6, 9.9, 39.9), ['CPU pressure 45 %']);
  t.strictSame(pressed(39, 9, 39), []);
});

t.test('where it does not, that the processors were busy to the end', async (t) => {
  const busy = (...shares: number[]) =>
    of(
      machine(shares.map(() => giga)).map((point, i) => ({
        ...{ ...point, pressure: null },
        cpuBusy: shares[i] ?? 0,
      })),
    );
  t.strictSame(busy(0.2, 1, 0.97, 1, 0.96, 1), ['all processors were busy for 20 s']);
  t.strictSame(busy(0.2, 1, 1, 1, 1), [], 'not for long');
  t.strictSame(busy(1, 1, 1, 1, 1, 1, 0.5), [], 'not at the end');
});

t.test('all of it, the machine first', async (t) => {
  const points = machine([giga, 1.9 * giga], { pressure: { cpu: 50, memory: 0, io: 0 } });
  const said = precededBy({ machine: points, deaths: [session('web', [100 * mega, giga])] });
  t.strictSame(said, [
    'memory of the machine rose from 1.0G to 1.9G of 2.0G in 5 s',
    'memory of "web" rose from 100M to 1.0G in 5 s',
    'CPU pressure 50 %',
  ]);
});
