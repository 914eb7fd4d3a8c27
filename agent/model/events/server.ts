/** One run of a tmux server: its pid and kernel start time (clock ticks since boot, /proc/PID/stat field 22). */
export interface Instance {
  pid: number;
  startTime: number;
}

/** `exited`: it said goodbye; `killed`: it did not; `unknown`: nobody was looking. */
export type ServerEnd = 'exited' | 'killed' | 'unknown';

/** Events about tmux servers. `server` is the name the configuration gives it. */
export interface ServerEvents {
  'server.found': {
    server: string;
    instance: Instance;
    socket: string;
    managed: boolean;
    version: string;
  };
  'server.died': {
    server: string;
    instance: Instance;
    how: ServerEnd;
    /** What a client that waited on it printed when the server went. */
    text: string;
    lastSeen: number;
    lives: number;
  };
  'server.socket_lost': { server: string; instance: Instance; socket: string };
  'server.socket_restored': { server: string; instance: Instance; afterMs: number };
  'server.hung': {
    server: string;
    instance: Instance;
    /** Process state letter of /proc/PID/stat, e.g. `T` for stopped. */
    processState: string;
  };
  'server.resumed': { server: string; instance: Instance; afterMs: number };
}
