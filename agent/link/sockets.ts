import { lstatSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expandHome } from '../model/config/home.ts';

/** Where tmux keeps the sockets of `-L` names: tmux(1), FILES. */
export const tmuxDirectory = (env: NodeJS.ProcessEnv, uid: number): string =>
  join(env['TMUX_TMPDIR'] ?? '/tmp', `tmux-${uid}`);

/** The path behind `adopt: default`, `adopt: NAME`, `adopt: /path` or `adopt: ~/path`. */
export const adoptedSocket = (adopt: string, env: NodeJS.ProcessEnv, uid: number): string =>
  adopt.includes('/') ? expandHome(adopt, homedir()) : join(tmuxDirectory(env, uid), adopt);

/** Killed servers leave their sockets behind: more than this are not all servers. */
const maxSockets = 100;

/** The owner's own sockets, the newest first. A directory that is not his alone is not looked into: tmux refuses it too. */
export const findSockets = (
  env: NodeJS.ProcessEnv,
  uid: number,
): { name: string; path: string }[] => {
  const directory = tmuxDirectory(env, uid);
  try {
    const owner = lstatSync(directory);
    if (!owner.isDirectory() || owner.uid !== uid || (owner.mode & 0o007) !== 0) return [];
    return readdirSync(directory)
      .map((name) => ({ name, path: join(directory, name) }))
      .map((found) => ({ ...found, stat: lstatSync(found.path) }))
      .filter(({ stat }) => stat.isSocket())
      .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
      .slice(0, maxSockets)
      .map(({ name, path }) => ({ name, path }));
  } catch {
    return [];
  }
};
