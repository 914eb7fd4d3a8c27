import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ParsedConfig, parseConfig } from './model/config/parse.ts';
import { ConfigFailure, codeOf } from './model/failure.ts';
import type { Paths } from './paths.ts';

const isMissing = (cause: unknown): boolean => codeOf(cause) === 'ENOENT';

const read = (path: string): { path: string; text: string } => {
  try {
    if (!statSync(path).isFile()) {
      throw new ConfigFailure('config-unreadable', `${path} is not a regular file`);
    }
    return { path, text: readFileSync(path, 'utf8') };
  } catch (cause) {
    if (cause instanceof ConfigFailure) throw cause;
    if (isMissing(cause)) return { path, text: '' };
    throw new ConfigFailure('config-unreadable', `cannot read ${path}: ${String(cause)}`, {
      cause,
    });
  }
};

const sessionFiles = (directory: string): string[] => {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.yaml') && !name.startsWith('.'))
      .sort()
      .map((name) => join(directory, name));
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw new ConfigFailure('config-unreadable', `cannot read ${directory}: ${String(cause)}`, {
      cause,
    });
  }
};

/**
 * Reads holdfast.yaml and sessions.d. Files that are not there count as empty.
 * @throws ConfigFailure with every problem of every file
 */
export const loadConfig = ({
  config,
  sessionsDir,
  system,
}: Pick<Paths, 'config' | 'sessionsDir' | 'system'>): ParsedConfig =>
  parseConfig([config, ...sessionFiles(sessionsDir)].map(read), {
    // In a system `~/` is below the owner's home, and his link knows where that is.
    home: system ? '~' : homedir(),
    perOwner: system,
  });
