import { hoursOf } from './build-hours.ts';
import type { HealthChecks, SessionHealth, Thresholds } from './health.ts';
import type { HealthEntry } from './schema/health.ts';
import { durationOf, sizeOf } from './written.ts';

const within = (entry: { within: string }) => ({ withinMs: durationOf(entry.within) });

const expected = ({ hours, bot }: Pick<NonNullable<HealthEntry['messages']>, 'hours' | 'bot'>) => ({
  hours: hours ? hoursOf(hours) : null,
  bot: bot ?? null,
});

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
  ...(http && {
    http: { url: http.url, status: http.status, timeoutMs: durationOf(http.timeout) },
  }),
  ...(tcp && { tcp: { host: tcp.host, port: tcp.port, timeoutMs: durationOf(tcp.timeout) } }),
  ...(command && { command: { run: command.run, cwd, timeoutMs: durationOf(command.timeout) } }),
});

const measuresOf = ({ memory, cpu, pressure }: HealthEntry): HealthChecks => ({
  ...(memory && { memory: { degraded: sizeOf(memory.degraded), failed: sizeOf(memory.failed) } }),
  ...(cpu && { cpu: numbers(cpu) }),
  ...(pressure && { pressure: { of: pressure.of, ...numbers(pressure) } }),
});

const messagesOf = ({ messages, canary }: HealthEntry, cwd: string | null): HealthChecks => ({
  ...(messages && {
    messages: {
      ...within(messages),
      atLeast: messages.atLeast,
      ...expected(messages),
    },
  }),
  ...(canary && {
    canary: {
      ...{ run: canary.run, cwd, expect: canary.expect },
      ...{ everyMs: durationOf(canary.every), timeoutMs: durationOf(canary.timeout) },
      ...expected(canary),
    },
  }),
});

/** @param cwd of the session, where a command is run */
export const healthOf = (entry: HealthEntry, cwd: string | null): SessionHealth => ({
  intervalMs: durationOf(entry.interval),
  graceMs: durationOf(entry.grace),
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
    ...messagesOf(entry, cwd),
  },
});
