import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../../../os/attempt.ts';
import { entryOffset } from './elf-entry.ts';

/**
 * What people kill with, what they tell systemd, tmux and the login manager with, and what runs their scripts. Others are
 * known by their files alone.
 */
const names = [
  ...['kill', 'pkill', 'killall', 'killall5', 'skill', 'timeout', 'tmux', 'systemctl'],
  ...['loginctl', 'shutdown', 'reboot', 'fuser', 'start-stop-daemon', 'setpriv', 'env'],
  ...['sh', 'bash', 'zsh', 'busybox', 'python3', 'perl', 'ruby', 'php', 'node'],
];

const directories = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

const headBytes = 4096;

const headOf = (file: string): Buffer => {
  const fd = openSync(file, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    return head.subarray(0, readSync(fd, head, 0, headBytes, 0));
  } finally {
    closeSync(fd);
  }
};

/** The programs of those names that are installed, and where in their files their first instruction is. */
export const findLikelyKillers = (): { file: string; entry: number }[] => {
  const paths = directories.flatMap((at) => names.map((name) => join(at, name)));
  const files = new Set(paths.map((path) => attempt(() => realpathSync(path))));
  return [...files].flatMap((file) => {
    const entry = file === null ? null : attempt(() => entryOffset(headOf(file)));
    return file === null || entry === null ? [] : [{ file, entry }];
  });
};
