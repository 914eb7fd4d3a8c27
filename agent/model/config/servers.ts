import type { ServerConfig } from './config.ts';
import { expandHome } from './home.ts';
import type { ServerEntry } from './schema/server.ts';
import type { MainFile } from './schema.ts';

/** The server that is there by itself, and where sessions run that name none. */
export const mainServer = 'main';

const serverOf = (entry: ServerEntry, home: string): ServerConfig => {
  const { adopt, tmuxConfig = null, owner = null } = entry;
  return adopt === undefined
    ? { kind: 'managed', tmuxConfig: expandHome(tmuxConfig, home), owner }
    : { kind: 'adopted', adopt: expandHome(adopt, home), owner };
};

/** The names in `adopt:`, none for `auto` and `none`. */
export const adoptList = ({ adopt }: Pick<MainFile, 'adopt'>): readonly string[] =>
  typeof adopt === 'string' ? [] : adopt;

/** Every server: declared under `servers`, listed in `adopt`, and the implicit `main`. */
export const effectiveServers = (
  file: Pick<MainFile, 'servers' | 'adopt'>,
  home: string,
): Record<string, ServerConfig> => {
  const servers: Record<string, ServerConfig> = {};
  for (const name of adoptList(file)) servers[name] = { kind: 'adopted', adopt: name, owner: null };
  for (const [name, entry] of Object.entries(file.servers)) servers[name] = serverOf(entry, home);
  const isManaged = Object.values(servers).some(({ kind }) => kind === 'managed');
  if (!isManaged && !servers[mainServer]) {
    servers[mainServer] = { kind: 'managed', tmuxConfig: null, owner: null };
  }
  return servers;
};
