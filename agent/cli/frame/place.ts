import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultHome, homePaths, type Paths, systemPaths } from '../../paths.ts';

export interface Place {
  paths: Paths;
  /** Null in the system layout. */
  home: string | null;
}

/**
 * `--home`, else `HOLDFAST_HOME`, else the running service, else `~/.holdfast`.
 * @param homeOnly `up` never runs in the system layout: systemd does.
 */
export const findPlace = (
  option: string | undefined,
  env: NodeJS.ProcessEnv,
  homeOnly: boolean,
): Place => {
  const given = option ?? (env['HOLDFAST_HOME'] || undefined);
  if (given === undefined && !homeOnly && existsSync(systemPaths.agentSocket)) {
    return { paths: systemPaths, home: null };
  }
  const home = resolve(given ?? defaultHome({}));
  return { paths: homePaths(home), home };
};
