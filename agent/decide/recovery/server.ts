import type { Target } from '../../model/events/action.ts';
import type { Attempt } from '../../model/recovery-state.ts';
import type { ServerState } from '../../model/state.ts';
import { bringBack } from './bring-back.ts';
import { decide, nothing, type Plan, type PlannedAction } from './decision.ts';
import type { Outlook } from './outlook.ts';
import { isPending } from './pending.ts';
import { recentRestarts } from './restarts.ts';
import { planSteady } from './steady.ts';

/** Repairs of a server's socket are no restarts of the server, and are counted by themselves. */
const attemptsOf = ({ state }: Outlook, server: string, which: 'repairs' | 'starts'): Attempt[] =>
  (state.attempts[`server:${server}`] ?? []).filter(
    ({ reason }) => (reason === 'socket-lost') === (which === 'repairs'),
  );

/** A lost socket is made again however often it goes, but not faster than a restart might come back. */
const repair = (outlook: Outlook, target: Target): Plan => {
  const { state, config, now } = outlook;
  const action: PlannedAction = { kind: 'socket.repair', target, reason: 'socket-lost' };
  if (isPending(state, action.kind, target)) return nothing;
  const { maxRestarts, windowMs } = config.recovery;
  const repairs = attemptsOf(outlook, target.server, 'repairs');
  if (recentRestarts(repairs, windowMs, now) >= maxRestarts) return nothing;
  const events = [decide('repair', action.reason, target, now)];
  return { ...nothing, events, actions: [action] };
};

/** What is to be done about one server. */
export const planServer = (outlook: Outlook, known: ServerState): Plan => {
  const { state, config } = outlook;
  const { server, status, managed, since, foundAt = since } = known;
  const target: Target = { server, session: null, life: null };
  if (status === 'socket-lost') return repair(outlook, target);
  // A unit that an operator stopped stays so; otherwise systemd is starting it already.
  if (!managed || config.serversAreUnits) return nothing;
  const attempts = attemptsOf(outlook, server, 'starts');
  if (status === 'alive') return planSteady(outlook, target, config.recovery, foundAt, attempts);
  if (status !== 'dead' && status !== 'absent') return nothing;
  if (isPending(state, 'server.start', target)) return nothing;
  const reason = status === 'dead' ? 'server-died' : 'declared';
  return bringBack(outlook, {
    action: { kind: 'server.start', target, reason },
    ...{ policy: config.recovery, attempts, isPaced: false },
    ...{ endedAt: status === 'dead' ? since : 0, causeWait: null },
  });
};
