import fc from 'fast-check';
import t from 'tap';
import { parseKmsg } from '../../../../../agent/observe/sources/parse/kmsg-record.ts';

const bootedAt = 1_000_000;

/** As cat /dev/kmsg shows it, with a dictionary below. */
t.test('a record of the kernel', async (t) => {
  const text = '6,1234,785930072,-;oom-kill:constraint=CONSTRAINT_MEMCG\n SUBSYSTEM=pci\n';
  t.same(parseKmsg(text, bootedAt), {
    at: bootedAt + 785930.072,
    text: 'oom-kill:constraint=CONSTRAINT_MEMCG',
  });
});

t.test('bytes that cannot be printed are escaped', async (t) => {
  t.equal(parseKmsg('4,1,0,-;a\\x0ab\\x5cx41\n', 0)?.text, 'a\nb\\x41');
});

t.test('what a process wrote into it is not the kernel’s', async (t) => {
  t.equal(parseKmsg('12,1,0,-;oom-kill:constraint=CONSTRAINT_NONE\n', 0), null);
  t.equal(parseKmsg('30,1,0,-;systemd[1]: Started.\n', 0), null);
});

t.test('it reads anything', async (t) => {
  for (const text of ['', ';', '6,1,2', 'x,1,2,-;a', '6,1,2,-\na;b']) {
    t.equal(parseKmsg(text, 0), null, text);
  }
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseKmsg(text, 0)));
});
