import { parseArgs } from 'node:util';
import { homePaths, type Paths, systemPaths } from '../../agent/paths.ts';

export const usage = 'usage: holdfast-notifier --home DIR | --system';

/** Where everything is; null: it was not said. */
export const readOptions = (args: readonly string[]): { help: boolean; paths: Paths | null } => {
  const { values } = parseArgs({
    args: [...args],
    options: { home: { type: 'string' }, system: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const paths = values.home ? homePaths(values.home) : values.system ? systemPaths : null;
  return { help: values.help ?? false, paths };
};
