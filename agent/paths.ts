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
  /** Where bots say how they are; anyone may write to it. */
  heartbeatSocket: string;
  /** Below it are the sockets of the managed tmux servers. */
  tmuxDir: string;
  /** Modes of the sockets. In a system others connect too, and the agent asks the kernel who they are. */
  agentSocketMode: number;
  linkSocketMode: number;
  stateFile: string;
  eventsDb: string;
  /** What sessions showed when the agent was stopped. */
  screensFile: string;
  blobsDir: string;
  lifecycleLog: string;
  sessionLogsDir: string;
  metricsDir: string;
  witnessSocket: string;
  /** What the witness saw of late. */
  witnessDir: string;
  /** What root tells the witness of its tracing; null: it sets that up itself. */
  witnessNotes: string | null;
  /** The notifier's cursor, and what waits to be sent. */
  notifierDir: string;
  /** Secrets, a file each. Null in a system: systemd hands each unit its own, in `$CREDENTIALS_DIRECTORY`. */
  credentialsDir: string | null;
}

export const homePaths = (home: string): Paths => ({
  system: false,
  config: join(home, 'etc/holdfast.yaml'),
  sessionsDir: join(home, 'etc/sessions.d'),
  agentSocket: join(home, 'run/agent.sock'),
  linkSocket: join(home, 'run/link.sock'),
  heartbeatSocket: join(home, 'run/heartbeat.sock'),
  tmuxDir: join(home, 'run/tmux'),
  agentSocketMode: 0o600,
  linkSocketMode: 0o600,
  stateFile: join(home, 'state/state.json'),
  eventsDb: join(home, 'state/events.db'),
  screensFile: join(home, 'state/screens.json'),
  blobsDir: join(home, 'state/blobs'),
  lifecycleLog: join(home, 'log/lifecycle.log'),
  sessionLogsDir: join(home, 'log/sessions'),
  metricsDir: join(home, 'metrics'),
  witnessSocket: join(home, 'run/witness.sock'),
  witnessDir: join(home, 'state/witness'),
  witnessNotes: null,
  notifierDir: join(home, 'state/notifier'),
  credentialsDir: join(home, 'etc/credentials'),
});

export const systemPaths: Paths = {
  system: true,
  config: '/etc/holdfast/holdfast.yaml',
  sessionsDir: '/etc/holdfast/sessions.d',
  agentSocket: '/run/holdfast/agent/agent.sock',
  linkSocket: '/run/holdfast/link/link.sock',
  heartbeatSocket: '/run/holdfast/heartbeat/heartbeat.sock',
  tmuxDir: '/run/holdfast/tmux',
  agentSocketMode: 0o666,
  linkSocketMode: 0o660,
  stateFile: '/var/lib/holdfast/state.json',
  eventsDb: '/var/lib/holdfast/events.db',
  screensFile: '/var/lib/holdfast/screens.json',
  blobsDir: '/var/lib/holdfast/blobs',
  lifecycleLog: '/var/log/holdfast/lifecycle.log',
  sessionLogsDir: '/var/log/holdfast/sessions',
  metricsDir: '/var/lib/holdfast-exporter',
  witnessSocket: '/run/holdfast/witness/witness.sock',
  witnessDir: '/var/lib/holdfast-witness',
  witnessNotes: '/run/holdfast/trace/notes.json',
  notifierDir: '/var/lib/holdfast-notifier',
  credentialsDir: null,
};

/** Where a managed server listens: one per owner in a system; null while it is not known whose it is. */
export const managedSocket = (
  { system, tmuxDir }: Pick<Paths, 'system' | 'tmuxDir'>,
  server: string,
  owner: string | null,
): string | null => {
  if (!system) return join(tmuxDir, `${server}.sock`);
  return owner === null ? null : join(tmuxDir, owner, 'tmux.sock');
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
