import type { Login } from '../login.ts';

/** For `journalctl --after-cursor=`: what is written from now on comes after it. */
export const journalEnd = (root: Login): Promise<string> =>
  root.must('journalctl -n 1 --show-cursor | sed -n "s/^-- cursor: //p"');
