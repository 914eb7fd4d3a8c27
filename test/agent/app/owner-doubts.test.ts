import t from 'tap';
import { createOwnerDoubts } from '../../../agent/app/owner-doubts.ts';
import { after, declared, running } from '../model/sample.ts';

const connected = (owner: string) => ({
  ...{ at: 1, type: 'link.connected' as const },
  data: { owner, uid: 1000, pid: 7, tmux: '3.5a' },
});

t.test('a server that may be with the wrong owner is warned of once', async (t) => {
  let state = after({ ...running, links: {} }, declared('bot'), connected('deploy'));
  const warnings: string[] = [];
  const tell = createOwnerDoubts(
    () => state,
    (text) => warnings.push(text),
  );
  tell();
  t.strictSame(warnings, []);
  state = after(state, connected('alice'));
  tell();
  tell();
  t.equal(warnings.length, 1);
  t.match(
    warnings[0],
    /^server main: its sessions are with deploy, .*; name it in servers\.main\.owner$/,
  );
});
