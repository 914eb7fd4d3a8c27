import { fs } from '../../builtins.ts';

/** The running kernel's boot id (proc(5)); null where /proc does not show it, as in a tight sandbox. */
export const readBootId = (): string | null => {
  try {
    return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || null;
  } catch {
    return null;
  }
};
