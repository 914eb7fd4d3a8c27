/** Events about the agent itself and the configuration it runs. */
export interface AgentEvents {
  'agent.started': {
    version: string;
    pid: number;
    bootId: string;
    /** True under `holdfast up`, where no systemd supervises us. */
    embedded: boolean;
    /** The last event of the previous run; null on a first start. */
    previous: { seq: number; at: number; clean: boolean; bootId: string } | null;
  };
  'agent.stopping': { reason: 'signal' | 'request' };
  'config.applied': {
    /** SHA-256 of the effective configuration, hex. */
    hash: string;
    source: string;
    sessions: number;
    servers: {
      server: string;
      managed: boolean;
      /** Empty while it is not known whose server it is. */
      socket: string;
      /** Null where the configuration names none; older releases lack it. */
      owner?: string | null;
    }[];
  };
  'config.rejected': { source: string; problems: number; first: string };
}
