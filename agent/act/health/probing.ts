import type { HealthChecks, SessionHealth } from '../../model/config/health.ts';
import type { Finding } from '../../model/health.ts';
import type { Home } from '../../model/homes.ts';
import { type Samples, sampleOf } from '../../model/samples.ts';
import type { Probe } from '../../protocol/link.ts';
import type { Lanes } from './lanes.ts';

export interface ProbingPorts {
  samples: Samples;
  now(): number;
  lanes: Lanes;
  /** Has the link of that server carry it out, for units that of the first owner. @throws Failure where there is none, or no answer that counts */
  ask(server: string, probe: Probe): Promise<Finding>;
}

const probesOf = ({ http, tcp, command }: HealthChecks): Probe[] => [
  ...(http ? [{ kind: 'http' as const, ...http }] : []),
  ...(tcp ? [{ kind: 'tcp' as const, ...tcp }] : []),
  ...(command ? [{ kind: 'command' as const, ...command }] : []),
];

/** Asks about the health of sessions and units, and of each not again before it was answered. */
export const createProbing = ({ samples, now, lanes, ask }: ProbingPorts) => {
  /** Lives whose probes wait or are under way. */
  const busy = new Set<string>();

  const askAll = async ({ life, server }: Home, probes: readonly Probe[]): Promise<void> => {
    try {
      for (const probe of probes) {
        const finding = await ask(server, probe).catch(() => null);
        const sample = sampleOf(samples, life);
        // Without an answer nothing is known: the link is away, or lies.
        if (!finding || !sample) continue;
        sample.probes = { ...sample.probes, [probe.kind]: { ...finding, at: now() } };
      }
    } finally {
      busy.delete(life);
    }
  };

  return (life: Home, { checks }: SessionHealth): void => {
    const probes = probesOf(checks);
    if (probes.length === 0 || busy.has(life.life)) return;
    busy.add(life.life);
    lanes({ server: life.server, life: life.life, run: () => askAll(life, probes) });
  };
};
