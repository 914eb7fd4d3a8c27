import t from 'tap';
import { comparisonLines, namedBy, namedByGrade } from './compare.ts';

const killers = [{ pid: 4711, cmdline: ['/bin/kill -9 815'] }];

t.test('named is who is told with his pid and all of his command line', async (t) => {
  t.equal(namedBy('pid=4711 proctitle=/bin/kill -9 815', { killers }), 'named');
  t.equal(namedBy('4711\nproctitle=/bin/kill -9 815', { killers }), 'named', 'in the same record');
  t.equal(namedBy('12:01 4711 kill 9 815 0', { killers }), 'pid');
  t.equal(namedBy('12:01 47110 kill 9 815 0', { killers }), 'no', 'another pid');
  t.equal(namedBy('', { killers }), 'no');
});

t.test('of several killers each is right', async (t) => {
  const both = [...killers, { pid: 4712, cmdline: ['python3'] }];
  t.equal(namedBy('4712 python3 x.py', { killers: both }), 'named');
});

t.test('Holdfast is held to the same', async (t) => {
  t.equal(namedByGrade({ killer: 'named' }, { pid: 4711 }, { killers }), 'named');
  t.equal(namedByGrade({ killer: 'not named' }, { pid: 4711 }, { killers }), 'pid');
  t.equal(namedByGrade({ killer: 'not named' }, null, { killers }), 'no');
  t.equal(namedByGrade({ killer: 'wrong' }, { pid: 1 }, { killers }), 'no');
});

t.test('the table has a row for each way, and the share of those fully named', async (t) => {
  const lines = comparisonLines(
    ['holdfast', 'poll'],
    [
      { way: 'bin-kill', named: ['named', 'no'] },
      { way: 'cron-job', named: ['named', 'pid'] },
    ],
  );
  t.match(lines[1], /^ +bin-kill +named +no$/);
  t.match(lines[3], /100 % \(2 of 2\) +0 % \(0 of 2\)$/);
});
