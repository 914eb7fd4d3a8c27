import { heartbeatVariable } from '../protocol/heartbeat.ts';

/** Where the service listens; as agent/paths.ts has it. */
export const serviceSocket = '/run/holdfast/heartbeat/heartbeat.sock';

export const socketPath = (given: string | undefined, env: NodeJS.ProcessEnv): string =>
  given || env[heartbeatVariable] || serviceSocket;
