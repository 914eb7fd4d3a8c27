import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './model/failure.ts';

/** Every file Holdfast owns. Two layouts: a system's, and everything below one home directory. */
export interface Paths {
  /** True where systemd supervises us and the layout follows the file system hierarchy. */
  system: boolean;
  config: string;
  sessionsDir: string;
  agentSocket: string;
  linkSocket: string;
  /** Directory of the managed tmux servers' sockets: `NAME.sock`. */
  tmuxDir: string;
  stateFile: string;
  eventsDb: string;
  blobsDir: string;
  lifecycleLog: string;
  sessionLogsDir: string;
  metricsDir: string;
}

export const homePaths = (home: string): Paths => ({
  system: false,
  config: join(home, 'etc/holdfast.yaml'),
  sessionsDir: join(home, 'etc/sessions.d'),
  agentSocket: join(home, 'run/agent.sock'),
  linkSocket: join(home, 'run/link.sock'),
  tmuxDir: join(home, 'run/tmux'),
  stateFile: join(home, 'state/state.json'),
  eventsDb: join(home, 'state/events.db'),
  blobsDir: join(home, 'state/blobs'),
  lifecycleLog: join(home, 'log/lifecycle.log'),
  sessionLogsDir: join(home, 'log/sessions'),
  metricsDir: join(home, 'metrics'),
});

export const systemPaths: Paths = {
  system: true,
  config: '/etc/holdfast/holdfast.yaml',
  sessionsDir: '/etc/holdfast/sessions.d',
  agentSocket: '/run/holdfast/agent/agent.sock',
  linkSocket: '/run/holdfast/link/link.sock',
  tmuxDir: '/run/holdfast/tmux',
  stateFile: '/var/lib/holdfast/state.json',
  eventsDb: '/var/lib/holdfast/events.db',
  blobsDir: '/var/lib/holdfast/blobs',
  lifecycleLog: '/var/log/holdfast/lifecycle.log',
  sessionLogsDir: '/var/log/holdfast/sessions',
  metricsDir: '/var/lib/prometheus/node-exporter',
};

/** `--home`, else `HOLDFAST_HOME`, else `~/.holdfast`. */
export const defaultHome = (env: NodeJS.ProcessEnv): string =>
  env['HOLDFAST_HOME'] ?? join(homedir(), '.holdfast');

/** `sun_path` is 108 bytes with its terminating zero (unix(7)). */
const maxSocketPathBytes = 107;

/** @throws Failure `socket-path-too-long`, saying by how much. */
export const checkSocketPath = (path: string): string => {
  const bytes = Buffer.byteLength(path);
  if (bytes > maxSocketPathBytes) {
    throw new Failure(
      'socket-path-too-long',
      `the socket path ${path} has ${bytes} bytes and the kernel allows ${maxSocketPathBytes}: choose a shorter --home`,
    );
  }
  return path;
};
