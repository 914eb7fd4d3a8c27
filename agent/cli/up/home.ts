import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { checkSocketPath, type Paths } from '../../paths.ts';

const directoriesOf = (paths: Paths): string[] => [
  dirname(paths.config),
  paths.sessionsDir,
  dirname(paths.agentSocket),
  paths.tmuxDir,
  dirname(paths.stateFile),
  paths.blobsDir,
  dirname(paths.lifecycleLog),
  paths.sessionLogsDir,
  paths.metricsDir,
];

/**
 * Makes what is missing below `home`, for the owner alone.
 * @throws Failure `socket-path-too-long`, `home-not-yours`, `home-unusable`
 */
export const prepareHome = (home: string, paths: Paths, uid: number): void => {
  for (const socket of [paths.agentSocket, paths.linkSocket, join(paths.tmuxDir, 'main.sock')]) {
    checkSocketPath(socket);
  }
  try {
    for (const directory of [home, ...directoriesOf(paths)]) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
    }
  } catch (cause) {
    const { message } = cause as Error;
    throw new Failure('home-unusable', `cannot use ${home}: ${message}`, { cause });
  }
  // Whoever owns the directory could replace the sockets and the configuration below it.
  if (statSync(home).uid !== uid) {
    throw new Failure('home-not-yours', `${home} belongs to another user: choose another --home`);
  }
};
