import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { defaultHome, homePaths, type Paths, systemPaths } from '../../paths.ts';

export interface Place {
  paths: Paths;
  /** Null in the system layout. */
  home: string | null;
}

/** A service that is stopped is meant too, where it is installed and no agent of one's own runs. */
const isService = (): boolean =>
  existsSync(systemPaths.agentSocket) ||
  (existsSync(dirname(systemPaths.agentSocket)) &&
    !existsSync(homePaths(defaultHome({})).agentSocket));

/**
 * `--home`, else `HOLDFAST_HOME`, else the service, else `~/.holdfast`.
 * @param homeOnly `up` never runs in the system layout: systemd does.
 */
export const findPlace = (
  option: string | undefined,
  env: NodeJS.ProcessEnv,
  homeOnly: boolean,
): Place => {
  const given = option ?? (env['HOLDFAST_HOME'] || undefined);
  if (given === undefined && !homeOnly && isService()) {
    return { paths: systemPaths, home: null };
  }
  const home = resolve(given ?? defaultHome({}));
  return { paths: homePaths(home), home };
};
