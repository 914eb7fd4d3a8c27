import type { Login } from '../login.ts';

/** Owner, mode and inode of each tmux socket: none of our restarts may change them. */
export const tmuxSocketsOf = (root: Login): Promise<string> =>
  root.must(
    'stat -c "%n %U %G %a %i" /run/holdfast/tmux /run/holdfast/tmux/* /run/holdfast/tmux/*/*',
  );

/** pids of the managed servers. */
export const serverPidsOf = (root: Login): Promise<string> =>
  root.must('systemctl show -P MainPID holdfast-tmux@deploy holdfast-tmux@alice');
