import type { SessionHealth } from '../../model/config/health.ts';
import type { NewEvent } from '../../model/event.ts';
import type { Health, HealthSample } from '../../model/health.ts';
import { formatSpan } from '../../model/span-text.ts';
import type { Life } from '../../model/state.ts';
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

/** Whether nothing counts yet. A clock that was set back makes nothing young again. */
export const isStarting = (
  { createdAt }: Pick<Life, 'createdAt'>,
  { graceMs }: SessionHealth,
  now: number,
): boolean => now >= createdAt && now - createdAt < graceMs;

/** @param known what was found; null: nothing counts yet */
export const healthEvents = (
  life: Named,
  before: Health | null,
  known: HealthSample | null,
  config: SessionHealth,
  at: number,
): NewEvent[] => {
  const now: Overall = known
    ? overall(known.checks)
    : { status: 'starting', check: null, reason: `it has ${formatSpan(config.graceMs)} to start` };
  return before?.status === now.status ? [] : [changed(life, before, now, at)];
};

/** Of a session whose health nobody asks for any more. */
export const unwatched = (life: Named, before: Health, at: number): NewEvent =>
  changed(life, before, { status: 'unwatched', check: null, reason: 'no check is configured' }, at);
