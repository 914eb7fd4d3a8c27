import { RequestFailure } from '../../model/failure.ts';
import type { Finding } from '../../model/health.ts';
import type { Probe } from '../../protocol/link.ts';

/** The agent asks for a few of each server; each has a process or a connection. */
const maxAtOnce = 16;

export interface Probes {
  /** @throws RequestFailure `busy` where as many are under way as there may be */
  run(probe: Probe): Promise<Finding>;
  /** Nothing of them goes on. */
  close(): void;
}

/** Carries out what is asked about the health of sessions; what takes it is loaded when it is asked for. */
export const createProbes = (env: NodeJS.ProcessEnv): Probes => {
  const ending = new AbortController();
  let underWay = 0;

  const carryOut = async (probe: Probe): Promise<Finding> => {
    switch (probe.kind) {
      case 'http':
        return (await import('./http.ts')).probeHttp(probe);
      case 'tcp':
        return (await import('./tcp.ts')).probeTcp(probe);
      case 'command':
        return (await import('./command.ts')).probeCommand(probe, env, ending.signal);
    }
  };

  return {
    async run(probe) {
      if (underWay >= maxAtOnce) {
        throw new RequestFailure('busy', 'too many probes are under way', { retryable: true });
      }
      underWay += 1;
      try {
        return await carryOut(probe);
      } finally {
        underWay -= 1;
      }
    },
    close: () => ending.abort(),
  };
};
