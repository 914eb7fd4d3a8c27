import type { HealthChecks, SessionHealth, Thresholds } from './health.ts';
import type { HealthEntry } from './schema/health.ts';
import { parseDuration, parseSize } from './units.ts';

/** The schema has let through only what parses. */
const ms = (text: string): number => parseDuration(text) ?? Number.NaN;

const within = (entry: { within: string }) => ({ withinMs: ms(entry.within) });

const bytes = (text: string | undefined): number | null =>
  text === undefined ? null : parseSize(text);

const numbers = ({
  degraded,
  failed,
}: {
  degraded?: number | undefined;
  failed?: number | undefined;
}): Thresholds => ({
  degraded: degraded ?? null,
  failed: failed ?? null,
});

const probesOf = ({ http, tcp, command }: HealthEntry, cwd: string | null): HealthChecks => ({
  ...(http && { http: { url: http.url, status: http.status, timeoutMs: ms(http.timeout) } }),
  ...(tcp && { tcp: { host: tcp.host, port: tcp.port, timeoutMs: ms(tcp.timeout) } }),
  ...(command && { command: { run: command.run, cwd, timeoutMs: ms(command.timeout) } }),
});

const measuresOf = ({ memory, cpu, pressure }: HealthEntry): HealthChecks => ({
  ...(memory && { memory: { degraded: bytes(memory.degraded), failed: bytes(memory.failed) } }),
  ...(cpu && { cpu: numbers(cpu) }),
  ...(pressure && { pressure: { of: pressure.of, ...numbers(pressure) } }),
});

/** @param cwd of the session, where a command is run */
export const healthOf = (entry: HealthEntry, cwd: string | null): SessionHealth => ({
  intervalMs: ms(entry.interval),
  graceMs: ms(entry.grace),
  failAfter: entry.failAfter,
  outOf: entry.outOf,
  onFailure: entry.onFailure,
  waitingSeverity: entry.waitingSeverity,
  checks: {
    ...(entry.output && { output: within(entry.output) }),
    ...(entry.screen && {
      screen: { ...entry.screen, mustMatch: entry.screen.mustMatch ?? null },
    }),
    ...probesOf(entry, cwd),
    ...(entry.shell && { shell: true as const }),
    ...measuresOf(entry),
    ...(entry.heartbeat && { heartbeat: within(entry.heartbeat) }),
  },
});
