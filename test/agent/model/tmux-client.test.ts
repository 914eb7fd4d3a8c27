import t from 'tap';
import { isClient } from '../../../agent/model/tmux-client.ts';

t.test('what tmux calls its clients', async (t) => {
  // The kernel keeps 15 bytes, wherever they end.
  const named = [
    'tmux: client',
    'my-tmux: client',
    'mytmuxbin: clie',
    'averylongone: c',
    'hello: client',
  ];
  t.same(named.filter(isClient), named);
  t.same(['tmux: server', 'tmux', 'client', 'short: clie', ''].filter(isClient), []);
});
