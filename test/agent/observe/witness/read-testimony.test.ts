import t from 'tap';
import { readTestimony } from '../../../../agent/observe/witness/read-testimony.ts';

const seen = {
  ...{ pid: 12, startTime: 3, comm: 'a\nb', cmdline: '/bin/kill -9 7', seenBy: 'probe' },
  ...{ uid: 0, loginUid: null, auditSession: null, cgroup: '/user.slice' },
  ancestry: [{ pid: 1, startTime: null, comm: '', cmdline: null, seenBy: null }],
};
const signal = {
  ...{ at: 5.5, signal: 9, code: 0, toGroup: true, result: 'delivered', caught: null },
  sender: seen,
  victim: { ...seen, pid: 7 },
};
const whole = {
  ...{ since: 1, lost: [{ at: 2, count: 3 }], signals: [signal], method: 'probe' },
  ooms: [{ at: 4, victim: seen, anonBytes: null }],
  clients: [{ at: 6, process: seen }],
};

t.test('what the witness says is taken as it is', async (t) => {
  t.strictSame(readTestimony(whole), { testimony: whole });
});

t.test('also how far it had read, and the file of who calls itself otherwise', async (t) => {
  const sender = { ...seen, file: '/usr/bin/pkill' };
  const more = { ...whole, readUntil: 7.5, signals: [{ ...signal, sender }] };
  t.strictSame(readTestimony(more), { testimony: more });
  const strange = [
    { readUntil: null },
    { readUntil: '7' },
    { signals: [{ ...signal, sender: { ...seen, file: 7 } }] },
  ];
  for (const told of strange) t.match(readTestimony({ ...whole, ...told }), { untold: /another/ });
});

t.test('a newer witness may say more', async (t) => {
  t.strictSame(readTestimony({ ...whole, weather: 'fine' }), { testimony: whole });
});

t.test('what has another shape is not believed', async (t) => {
  const { clients: _, ...older } = whole;
  const strange = [null, 3, {}, older, { ...whole, signals: [{ ...signal, sender: null }] }];
  for (const told of strange) t.match(readTestimony(told), { untold: /another release/ });
});
