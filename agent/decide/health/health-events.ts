import type { SessionHealth } from '../../model/config/health.ts';
import type { NewEvent } from '../../model/event.ts';
import type { Health, HealthSample } from '../../model/health.ts';
import type { Life } from '../../model/state.ts';
import { formatSpan } from '../../model/text/span-text.ts';
import { type Overall, overall } from './overall.ts';

type Named = Pick<Life, 'life' | 'session' | 'server'>;

const changed = (
  { life, session, server }: Named,
  from: Health | null,
  to: Omit<Overall, 'status'> & { status: Overall['status'] | 'unwatched' },
  at: number,
): NewEvent => {
  const { status, check, reason } = to;
  return {
    at,
    type: 'health.changed',
    data: { session, server, life, from: from?.status ?? null, to: status, check, reason },
  };
};

/** Of what has a health that nobody asks for any more, or nobody can be asked about. */
export const unwatched = (
  life: Named,
  before: Health,
  at: number,
  reason = 'no check is configured',
): NewEvent => changed(life, before, { status: 'unwatched', check: null, reason }, at);

/** Whether nothing counts yet. A clock that was set back makes nothing young again. */
export const isStarting = (
  { createdAt }: Pick<Life, 'createdAt'>,
  { graceMs }: SessionHealth,
  now: number,
): boolean => now >= createdAt && now - createdAt < graceMs;

/** Why none of its checks is looked at; null: one is. */
const unaskedOf = ({ checks }: HealthSample): string | null =>
  checks.every(({ unasked }) => unasked !== undefined) ? (checks[0]?.unasked ?? null) : null;

/** @param known what was found; null: nothing counts yet */
export const healthEvents = (
  life: Named,
  before: Health | null,
  known: HealthSample | null,
  config: SessionHealth,
  at: number,
): NewEvent[] => {
  const why = known && unaskedOf(known);
  if (why !== null) return before ? [unwatched(life, before, at, why)] : [];
  const now: Overall = known
    ? overall(known.checks)
    : { status: 'starting', check: null, reason: `it has ${formatSpan(config.graceMs)} to start` };
  return before?.status === now.status ? [] : [changed(life, before, now, at)];
};
