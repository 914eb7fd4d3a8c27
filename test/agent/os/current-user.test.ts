import { userInfo } from 'node:os';
import t from 'tap';
import { currentUser } from '../../../agent/os/current-user.ts';

t.test('who runs this', async (t) => {
  const { uid, username } = userInfo();
  t.same(currentUser(), { uid, username });
});
