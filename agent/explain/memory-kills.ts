import type { DeathRecord } from '../model/events/death.ts';
import type { EvidenceLine } from '../model/events/incident.ts';
import type { Evidence, MemoryCount, MemoryKills } from './evidence.ts';
import { line } from './evidence-lines.ts';
import { beginningOf } from './moments.ts';

/** Readings further apart say little of one end. ms */
const apartMs = 60_000;

/** Below this part of its memory the machine itself is out of it. */
const scarce = 0.05;

/** Whether the machine itself was out of memory when it was last measured; null: it was not measured. */
export const isScarce = ({ host }: Pick<DeathRecord, 'host'>): boolean | null =>
  host && host.memoryAvailableBytes < host.memoryTotalBytes * scarce;

/** Counts of the last two measures, the newer one first. */
const countsIn = (host: DeathRecord['host'] | undefined): MemoryCount[] =>
  host?.oomKills === undefined
    ? []
    : [
        { at: host.at, kills: host.oomKills },
        ...(host.oomKillsBefore ? [host.oomKillsBefore] : []),
      ];

/**
 * What was counted between the last measure before these deaths and the news of them; or else since the oldest that is
 * known. Null: it was not counted on both sides.
 */
export const killsAround = (
  found: Pick<Evidence, 'deaths' | 'serverEnd'>,
  now: MemoryCount | null | undefined,
): MemoryKills | null => {
  const counts = countsIn(found.deaths[0]?.host);
  const from = beginningOf(found);
  const before = counts.find(({ at }) => at <= from) ?? counts.at(-1);
  if (!now || !before) return null;
  const isNear = now.at >= before.at && now.at - before.at <= apartMs;
  const kills = now.kills - before.kills;
  return isNear && kills >= 0 ? { since: before.at, until: now.at, kills } : null;
};

/** What the kernel counted then; empty: nothing, or nobody asked. */
export const countLines = ({ memoryKills }: Evidence): EvidenceLine[] => {
  if (!memoryKills || memoryKills.kills === 0) return [];
  const { since, until, kills } = memoryKills;
  const seconds = Math.max(1, Math.round((until - since) / 1000));
  const text = `the kernel killed ${kills === 1 ? '1 process' : `${kills} processes`} for want of memory within ${seconds} s, whoever that was`;
  return [line(until, 'oom-count', text)];
};
