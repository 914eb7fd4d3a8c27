import type { HealthChecks, SessionHealth } from '../model/config/health.ts';
import type { Finding } from '../model/health.ts';
import type { Samples } from '../model/samples.ts';
import type { Life } from '../model/state.ts';
import type { Probe } from '../protocol/link.ts';

/** Of one server under way: the others wait for their turn. */
const maxAtOnce = 4;

export interface ProbingPorts {
  samples: Samples;
  now(): number;
  /** Has the link of that server carry it out. @throws Failure where there is none, or no answer that counts */
  ask(server: string, probe: Probe): Promise<Finding>;
}

const probesOf = ({ http, tcp, command }: HealthChecks): Probe[] => [
  ...(http ? [{ kind: 'http' as const, ...http }] : []),
  ...(tcp ? [{ kind: 'tcp' as const, ...tcp }] : []),
  ...(command ? [{ kind: 'command' as const, ...command }] : []),
];

/** Asks about the health of sessions: of each one thing at a time, of each server a few. */
export const createProbing = ({ samples, now, ask }: ProbingPorts) => {
  /** Lives whose probes wait or are under way. */
  const busy = new Set<string>();
  const underWay = new Map<string, number>();
  const waiting: { server: string; run: () => Promise<void> }[] = [];

  const begin = (): void => {
    const next = waiting.findIndex(({ server }) => (underWay.get(server) ?? 0) < maxAtOnce);
    const [turn] = next === -1 ? [] : waiting.splice(next, 1);
    if (!turn) return;
    const { server, run } = turn;
    underWay.set(server, (underWay.get(server) ?? 0) + 1);
    void run().finally(() => {
      const left = (underWay.get(server) ?? 1) - 1;
      if (left > 0) underWay.set(server, left);
      else underWay.delete(server);
      begin();
    });
    begin();
  };

  const askAll = async ({ life, server }: Life, probes: readonly Probe[]): Promise<void> => {
    try {
      for (const probe of probes) {
        const finding = await ask(server, probe).catch(() => null);
        const sample = samples.lives.get(life);
        // Without an answer nothing is known: the link is away, or lies.
        if (!finding || !sample) continue;
        sample.probes = { ...sample.probes, [probe.kind]: { ...finding, at: now() } };
      }
    } finally {
      busy.delete(life);
    }
  };

  return (life: Life, { checks }: SessionHealth): void => {
    const probes = probesOf(checks);
    if (probes.length === 0 || busy.has(life.life)) return;
    busy.add(life.life);
    waiting.push({ server: life.server, run: () => askAll(life, probes) });
    begin();
  };
};
