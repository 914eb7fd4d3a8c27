import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { ParsedConfig } from '../../model/config/parse.ts';
import type { SourceFile } from '../../model/config/yaml.ts';
import { ConfigFailure } from '../../model/failure.ts';

/** Where the parts of a configuration are. */
export interface ConfigPlace {
  config: string;
  sessionsDir: string;
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const readText = (path: string): SourceFile => {
  try {
    return { path, text: readFileSync(path, 'utf8') };
  } catch (cause) {
    throw new ConfigFailure(
      'config-unreadable',
      `cannot read ${path}: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
};

const sessionFiles = (directory: string): string[] => {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.yaml') && !name.startsWith('.'))
      .sort()
      .map((name) => join(directory, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/** The configuration a file belongs to: itself and the sessions.d beside it, or the one above its sessions.d. */
export const placeOf = (file: string): ConfigPlace => {
  const directory = dirname(file);
  return basename(directory) === 'sessions.d'
    ? { config: join(directory, '../holdfast.yaml'), sessionsDir: directory }
    : { config: file, sessionsDir: join(directory, 'sessions.d') };
};

/**
 * Reads and checks a whole configuration.
 * @throws ConfigProblems with everything that is wrong; ConfigFailure `config-unreadable`
 */
export const loadConfig = async ({ config, sessionsDir }: ConfigPlace): Promise<ParsedConfig> => {
  const sources = [config, ...sessionFiles(sessionsDir)].map(readText);
  // valibot and yaml are imported by the few commands that need them: `status` must start fast.
  const { parseConfig } = await import('../../model/config/parse.ts');
  return parseConfig(sources, { home: homedir() });
};
