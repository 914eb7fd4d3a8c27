import { lstatSync, mkdirSync, statSync } from 'node:fs';
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
  paths.notifierDir,
  ...(paths.credentialsDir === null ? [] : [paths.credentialsDir]),
];

/** Whoever may write to a directory could replace the sockets and the configuration below it. */
const checkOwn = (directory: string, uid: number): void => {
  const found = lstatSync(directory, { throwIfNoEntry: false });
  if (!found) return;
  const hint = 'choose another --home, or mend it with chmod go-w';
  if (found.isDirectory() && found.uid !== uid) {
    throw new Failure('home-not-yours', `${directory} belongs to another user: ${hint}`);
  }
  if (found.isDirectory() && (found.mode & 0o022) !== 0) {
    throw new Failure('home-writable', `other users may write to ${directory}: ${hint}`);
  }
};

/**
 * Makes what is missing below `home`, for the owner alone.
 * @throws Failure `socket-path-too-long`, `home-not-yours`, `home-writable`, `home-unusable`
 */
export const prepareHome = (home: string, paths: Paths, uid: number): void => {
  for (const socket of [paths.agentSocket, paths.linkSocket, join(paths.tmuxDir, 'main.sock')]) {
    checkSocketPath(socket);
  }
  const directories = [home, ...directoriesOf(paths)];
  try {
    for (const directory of directories) checkOwn(directory, uid);
    for (const directory of directories) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
    }
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const { message } = cause as Error;
    throw new Failure('home-unusable', `cannot use ${home}: ${message}`, { cause });
  }
  if (statSync(home).uid !== uid) {
    throw new Failure('home-not-yours', `${home} belongs to another user: choose another --home`);
  }
};
