import { join } from 'node:path';
import t from 'tap';
import { someAvg10 } from '../../../agent/os/pressure.ts';

t.test('the share of ten seconds in which some task waited', async (t) => {
  const directory = t.testdir({
    cpu: 'some avg10=12.50 avg60=3.00 avg300=1.00 total=99\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
    io: 'nonsense',
  });
  t.equal(someAvg10('cpu', directory), 12.5);
  t.equal(someAvg10('io', directory), null);
  t.equal(someAvg10('memory', join(directory, 'none')), null, 'a kernel without it');
});
