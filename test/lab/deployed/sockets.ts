import { strict as assert } from 'node:assert';
import type { Login } from '../login.ts';

/**
 * Owner, mode and inode of each tmux socket and its directory: none of our restarts may change them. The files beside them
 * are prologues, which a new life prints and takes away when its processor comes to it.
 */
export const tmuxSocketsOf = async (root: Login): Promise<string[]> => {
  const shown = '-printf "%p %u %g %m %i\\n"';
  const found = await root.must(
    `find /run/holdfast/tmux -maxdepth 2 "(" -type d -o -type s ")" ${shown}`,
  );
  const lines = found.split('\n').sort();
  assert.ok(
    lines.some((line) => /tmux\.sock /.test(line)),
    `a tmux socket in ${found}`,
  );
  return lines;
};

/** pids of the managed servers. */
export const serverPidsOf = (root: Login): Promise<string> =>
  root.must('systemctl show -P MainPID holdfast-tmux@deploy holdfast-tmux@alice');
