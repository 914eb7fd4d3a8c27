import type { Target } from '../../model/events/action.ts';
import { bringBack, hold } from './bring-back.ts';
import { causeWait } from './cause.ts';
import { nothing, type Plan } from './decision.ts';
import { waitsForOther } from './dependencies.ts';
import { planLiving } from './living.ts';
import type { Outlook } from './outlook.ts';
import { isPending } from './pending.ts';
import { wanted } from './wanted.ts';

/** What is to be done about one declared session. */
export const planSession = (outlook: Outlook, session: string): Plan => {
  const { state, config, lives } = outlook;
  const [declared, own] = [state.declared[session], config.sessions[session]];
  if (!declared || !own || state.servers[declared.server]?.status !== 'alive') return nothing;
  const policy = own.recovery ?? config.recovery;
  const attempts = state.attempts[session] ?? [];
  const target: Target = { server: declared.server, session, life: null };
  const life = lives.get(session);
  if (life) return planLiving(outlook, life, { policy, attempts });
  if (isPending(state, 'session.create', target)) return nothing;
  const want = wanted(state, config, session);
  if (want === null) return nothing;
  if ('leave' in want) return hold(outlook, target, 'leave', want.leave);
  if (waitsForOther(outlook, session)) return hold(outlook, target, 'wait', 'waits-for-other');
  const end = state.ends[session];
  return bringBack(outlook, {
    action: { kind: 'session.create', target, reason: want.start },
    ...{ policy, attempts, isPaced: true },
    endedAt: end?.at ?? 0,
    causeWait: causeWait(state, end, outlook.now),
  });
};
