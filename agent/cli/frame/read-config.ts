import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ParsedConfig } from '../../model/config/parse.ts';
import { ConfigFailure } from '../../model/failure.ts';
import { type Paths, systemPaths } from '../../paths.ts';

/** Where the parts of a configuration are. */
export type ConfigPlace = Pick<Paths, 'config' | 'sessionsDir' | 'system'>;

/**
 * The configuration a file belongs to: itself and the sessions.d beside it, or the one above its sessions.d.
 * @throws ConfigFailure `config-unreadable` when the file is not there
 */
export const placeOf = (file: string): ConfigPlace => {
  if (!existsSync(file)) throw new ConfigFailure('config-unreadable', `there is no ${file}`);
  const directory = dirname(file);
  const system = file.startsWith(`${dirname(systemPaths.config)}/`);
  return basename(directory) === 'sessions.d'
    ? { config: join(directory, '../holdfast.yaml'), sessionsDir: directory, system }
    : { config: file, sessionsDir: join(directory, 'sessions.d'), system };
};

/**
 * Reads and checks a whole configuration. valibot and yaml come with it, and only the few commands that need
 * them shall pay for them: `status` must start fast.
 * @throws ConfigFailure with everything that is wrong
 */
export const readConfig = async (place: ConfigPlace): Promise<ParsedConfig> => {
  const { loadConfig } = await import('../../config-files.ts');
  return loadConfig(place);
};
