import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tracefs } from './instance.ts';

/** systemd mounts it at boot; without systemd often nobody does. @returns takes the mount away again, if it was ours */
export const mountTracefs = (at = tracefs): (() => void) => {
  if (existsSync(join(at, 'instances'))) return () => undefined;
  execFileSync('mount', ['-t', 'tracefs', 'nodev', at], { stdio: 'pipe', timeout: 5000 });
  return () => {
    try {
      execFileSync('umount', [at], { stdio: 'ignore', timeout: 5000 });
    } catch {
      // Somebody else uses it by now.
    }
  };
};
