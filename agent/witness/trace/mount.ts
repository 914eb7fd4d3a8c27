import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tracefs } from './instance.ts';

/**
 * systemd mounts it at boot; without systemd often nobody does. It stays: somebody else may use it by the time we go, and
 * only root sees what is in it.
 * @throws where it is refused, as in a container
 */
export const mountTracefs = (at = tracefs): void => {
  if (existsSync(join(at, 'instances'))) return;
  execFileSync('mount', ['-t', 'tracefs', 'nodev', at], { stdio: 'pipe', timeout: 5000 });
};
