import t from 'tap';
import { checkTmuxLog } from '../../../../agent/observe/link/tmux-log.ts';

const log = {
  ...{ at: 1795342064000, clock: '10:07', limit: 1000, lines: ['10:07: x'], cut: false },
  clients: [{ name: 'client-1', pid: 1 }],
};

t.test('a log, or none where nobody is attached', async (t) => {
  t.same(checkTmuxLog({ log }), log);
  t.equal(checkTmuxLog({ log: null }), null);
});

t.test('what is too much, or no log, is refused whole', async (t) => {
  const bad: unknown[] = [
    ...[undefined, null, {}, { log: 7 }, { log: { ...log, at: -1 } }, { log: { ...log, at: 1.5 } }],
    ...[{ log: { ...log, clock: '10' } }, { log: { ...log, lines: ['x'.repeat(401)] } }],
    ...[{ log: { ...log, lines: Array(2001).fill('') } }, { log: { ...log, lines: [7] } }],
    { log: { ...log, clients: Array(101).fill(log.clients[0]) } },
  ];
  for (const one of bad) t.throws(() => checkTmuxLog(one), { code: 'invalid-answer' });
});
