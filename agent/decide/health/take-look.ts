import type { HealthChecks, SessionHealth } from '../../model/config/health.ts';
import type { Health } from '../../model/health.ts';
import {
  type CheckName,
  type CheckSample,
  type CheckStatus,
  checkNames,
  type Finding,
  type HealthSample,
  maxReason,
} from '../../model/health.ts';
import type { Check, Seen } from './check.ts';
import { checks } from './checks.ts';
import { counted } from './hysteresis.ts';

const checksOf = (wanted: HealthChecks): CheckName[] =>
  checkNames.filter((name) => wanted[name] !== undefined);

const levels = {
  healthy: 'ok',
  degraded: 'degraded',
  waiting: 'waiting',
  failed: 'failed',
} as const;

/** Where the agent was started again, what is in its log still holds, until enough looks say otherwise. */
const remembered = (check: CheckName, before: Health | null): CheckSample => {
  const blank = { check, level: null, reason: '', recent: [], last: null };
  if (!before || before.status === 'starting') return blank;
  const level: CheckStatus = before.check === check ? levels[before.status] : 'ok';
  return { ...blank, level, reason: before.check === check ? before.reason : '' };
};

const find = (name: CheckName, seen: Seen, wanted: HealthChecks): Finding | null =>
  (checks[name] as Check<unknown>)(seen, wanted[name]);

const withFinding = (
  known: CheckSample,
  finding: Finding | null,
  at: number,
  config: SessionHealth,
): CheckSample => {
  if (!finding) return known;
  const reason = finding.reason.slice(0, maxReason);
  const now = counted(known, finding.status, config);
  const last = { status: finding.status, reason, at };
  return { ...known, ...now, last, reason: finding.status === now.level ? reason : known.reason };
};

/** What a link carries out. */
const asked: ReadonlySet<CheckName> = new Set(['http', 'tcp', 'command', 'canary']);

/** What is not known yet, and nobody can be asked about, says nothing of the whole. */
const standing = ({ unasked: _, ...sample }: CheckSample, why: string | null): CheckSample =>
  why !== null && sample.level === null && asked.has(sample.check)
    ? { ...sample, unasked: why }
    : sample;

/**
 * Looks at a session by each check its configuration asks for, and counts what they find.
 * @param before what the log has of this life; null: nothing
 */
export const takeLook = (
  known: HealthSample | undefined,
  before: Health | null,
  seen: Seen,
  config: SessionHealth,
): HealthSample => {
  const samples = checksOf(config.checks).map(
    (name) => known?.checks.find(({ check }) => check === name) ?? remembered(name, before),
  );
  const findings = new Map(
    samples.map(({ check, level }) => [check, find(check, { ...seen, level }, config.checks)]),
  );
  // Who waits for an answer prints nothing.
  if (findings.get('screen')?.status === 'waiting') findings.set('output', null);
  return {
    lookedAt: seen.now,
    checks: samples.map((sample) =>
      standing(
        withFinding(sample, findings.get(sample.check) ?? null, seen.now, config),
        seen.unasked ?? null,
      ),
    ),
  };
};
