import fc from 'fast-check';
import t from 'tap';
import { faults } from '../../../../../agent/observe/sources/parse/faults.ts';

const found = (text: string) => faults([{ at: 5, text }], 'kernel-log');

/** Recorded from kernel 6.18 on x86_64. */
const segfault =
  'segvxyz[17522]: segfault at 8 ip 000055a88c2fa132 sp 00007ffec300bd20 error 6 in segvxyz[1132,55a88c2fa000+1000] likely on CPU 0 (core 0, socket 0)';

t.test('a segmentation fault', async (t) => {
  t.match(found(segfault), [{ at: 5, pid: 17522, comm: 'segvxyz', what: 'segfault' }]);
  t.equal(found(segfault)[0]?.text, segfault);
});

/** arch/x86/kernel/traps.c and arch/arm64/kernel/traps.c. */
t.test('other faults', async (t) => {
  const trap =
    'traps: a out[1234] trap invalid opcode ip:55d0 sp:7ffc error:0 in a[1130,55d0+1000]';
  t.match(found(trap), [{ pid: 1234, comm: 'a out', what: 'trap' }]);
  const general = 'traps: node[9] general protection fault ip:55d0 sp:7ffc error:0 in node[1+2]';
  t.match(found(general), [{ pid: 9, comm: 'node', what: 'trap' }]);
  const arm =
    'a.out[77]: unhandled exception: DABT (lower EL), ESR 0x92000046, level 2 in a.out[1+2]';
  t.match(found(arm), [{ pid: 77, comm: 'a.out', what: 'trap' }]);
});

t.test('a name with a pid in it does not pass for the pid', async (t) => {
  t.match(found(segfault.replace('segvxyz[', 'a[1]: segfault[')), [
    { pid: 17522, comm: 'a[1]: segfault' },
  ]);
});

t.test('other lines are none, and it reads anything', async (t) => {
  t.same(found(`some driver 1-1: ${segfault}`), [], 'what stands before it is longer than a name');
  t.same(found('oom_reaper: reaped process 17515 (oomxyz)'), []);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void found(text)));
});
