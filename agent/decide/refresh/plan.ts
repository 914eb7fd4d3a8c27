import { needsPerson } from '../../model/bot/bots.ts';
import { declaredOf } from '../../model/config/declared.ts';
import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { EventOf, NewEvent } from '../../model/event.ts';
import type { KnownLogin, RefreshHold } from '../../model/events/refresh.ts';
import type { Home } from '../../model/homes.ts';
import { notesOf, type RefreshNotes } from '../../model/refresh.ts';
import { turnOf } from './back-off.ts';
import { type Due, dueOf } from './due.ts';
import { isNewer, loginOf } from './login.ts';
import type { Outlook, RefreshPlan } from './outlook.ts';
import { settle } from './settle.ts';
import { startOf } from './start.ts';
import { waitOf } from './wait.ts';

const nothing: RefreshPlan = { events: [], login: null, due: null, waits: null };

const held = (life: Home, reason: RefreshHold, login: KnownLogin, at: number): NewEvent => {
  const { session, server } = life;
  return { at, type: 'refresh.held', data: { session, server, reason, refresh: null, login } };
};

const released = (
  { state, now }: Outlook,
  { session, server }: Home,
  why: EventOf<'refresh.released'>['data']['why'],
): NewEvent[] => {
  const { held: known } = notesOf(state, session);
  if (!known) return [];
  const data = { session, server, reason: known.reason, why };
  return [{ at: now, type: 'refresh.released', data }];
};

/** Whether a login is another than the one that is held, or lasts longer. */
const isAnother = (
  login: KnownLogin,
  { since, login: before }: NonNullable<RefreshNotes['held']>,
  policy: SessionRefresh,
): boolean => {
  if (!before) return login.since > since;
  const [ends, ended] = [dueOf(login, policy), dueOf(before, policy)];
  const isLater = ends !== null && ended !== null && ends.at > ended.at;
  return isLater || login.since > before.since || isNewer(login, before);
};

/**
 * What is held is held until its login is a newer one, or nobody is needed any more. That a screen does not say any more that
 * it has run out is no reason: what runs in the session writes there what it wants, as often as it wants.
 */
const release = (
  outlook: Outlook,
  life: Home,
  policy: SessionRefresh,
  { login, isDue }: { login: KnownLogin; isDue: boolean },
): NewEvent[] => {
  const { state, now } = outlook;
  const { held: known, attempts } = notesOf(state, life.session);
  if (!known) return [];
  if (known.reason === 'needs-person' && !needsPerson(state, life)) {
    return released(outlook, life, 'answered');
  }
  const isFree = known.reason === 'gave-up' && turnOf(attempts, policy, now) === 'free';
  const isOver = !isDue && (isFree || isAnother(login, known, policy));
  return isOver ? released(outlook, life, 'renewed') : [];
};

/** What is to be done about the login of what is up, and nothing is being done about. */
const planDue = (outlook: Outlook, life: Home, policy: SessionRefresh): RefreshPlan => {
  const { state, now, seen } = outlook;
  const login = loginOf(state, life);
  const byTime = dueOf(login, policy);
  const due: Due | null = seen.saysExpired ? { reason: 'screen', at: now, endsAt: now } : byTime;
  const isDue = due !== null && due.at <= now;
  const events = release(outlook, life, policy, { login, isDue });
  if (!isDue || events.length > 0) return { ...nothing, login, due, events };
  const waits = waitOf(outlook, life, policy, due);
  if (waits === null) {
    return { ...nothing, login, due, events: [startOf(outlook, life, policy, due.reason)] };
  }
  const isTold = notesOf(state, life.session).held?.reason === waits;
  const isHeld = waits === 'gave-up' || waits === 'needs-person';
  return { login, due, waits, events: isHeld && !isTold ? [held(life, waits, login, now)] : [] };
};

/**
 * What is to be done about the login of a declared session or unit. Pure; asked again after its events, it answers with the next.
 * @param life null: it is down
 */
export const planRefresh = (outlook: Outlook, session: string, life: Home | null): RefreshPlan => {
  const policy = declaredOf(outlook.config, session)?.refresh;
  const { underWay } = notesOf(outlook.state, session);
  if (underWay) return { ...nothing, events: settle(outlook, session, life, underWay, policy) };
  if (!life) return nothing;
  return policy
    ? planDue(outlook, life, policy)
    : { ...nothing, events: released(outlook, life, 'not-configured') };
};
