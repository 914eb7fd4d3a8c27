import t from 'tap';
import { createLosses } from '../../../../agent/link/watch/losses.ts';

const text = 'setpriv: activate capabilities: Operation not permitted';

t.test('three clients in a row that cannot wait are a trouble, until one can', async (t) => {
  const told: unknown[] = [];
  const losses = createLosses({
    report: (what, cause) => told.push([what, cause]),
    over: (what) => told.push([what, 'over']),
  });
  losses.lost({ text });
  losses.lost({ text });
  losses.over();
  losses.lost({ text });
  losses.lost({ text });
  t.same(told, [['hold', 'over']], 'its owner may have ended one');
  losses.lost({ text });
  t.same(told.at(-1), ['hold', text]);
  losses.lost({ text: '' });
  t.same(told.at(-1), ['hold', 'the client that waits on it ends']);
});
