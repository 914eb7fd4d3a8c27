import { planRefresh } from '../../decide/refresh/plan.ts';
import { refusalOf } from '../../decide/refresh/refusal.ts';
import { startOf } from '../../decide/refresh/start.ts';
import type { Config } from '../../model/config/config.ts';
import { declaredOf } from '../../model/config/declared.ts';
import type { SessionRefresh } from '../../model/config/refresh.ts';
import { declaredHome, mustFindHome } from '../../model/declared-home.ts';
import type { EventOf, NewEvent } from '../../model/event.ts';
import type { Requester } from '../../model/events/action.ts';
import { RequestFailure } from '../../model/failure.ts';
import type { Home } from '../../model/homes.ts';
import { notesOf } from '../../model/refresh.ts';
import { type Samples, sampleOf } from '../../model/samples.ts';
import type { State } from '../../model/state.ts';
import { unitsServer } from '../../model/unit-state.ts';
import type { Hands } from '../hands.ts';
import type { ScreenMatching } from '../health/screen-matching.ts';
import { createExpiredScreens } from './expired-screens.ts';
import { seenOf } from './seen.ts';

type Started = EventOf<'refresh.started'>['data'];

export interface RefreshingPorts {
  samples: Samples;
  screens: ScreenMatching;
  /** Does what a refresh takes. Its action says how that ended, whatever becomes of the promise. */
  renew(started: Started, how: SessionRefresh['how']): Promise<unknown>;
  onTrouble(what: string, cause: unknown): void;
}

/** The names of all that is to be refreshed. */
const wantedOf = ({ sessions, units = {} }: Config): string[] =>
  [...Object.entries(sessions), ...Object.entries(units)]
    .filter(([, { refresh }]) => refresh)
    .map(([name]) => name);

const notReady = ({ session, server }: Home): RequestFailure =>
  server === unitsServer
    ? new RequestFailure(
        'session-busy',
        `"${session}": systemd is stopping it, or has not said how it is`,
      )
    : new RequestFailure('no-link', `no link is connected for ${server}`);

/** Has logins renewed before they run out, or when somebody asks for it. */
export const createRefreshing = (hands: Hands, ports: RefreshingPorts) => {
  const { samples, renew, onTrouble } = ports;
  const expired = createExpiredScreens(ports.screens);

  const saysExpired = (state: State, { life: id }: Home, policy: SessionRefresh): boolean => {
    const [life, sample] = [state.lives[id], samples.lives.get(id)];
    if (!life || !sample) return false;
    return expired.on(life, sample, policy, notesOf(state, life.session));
  };

  /** Whether something can be begun: a link serves it; of a unit, systemd says how it is, and that nobody is stopping it. */
  const isReady = ({ server, life }: Home): boolean => {
    if (server !== unitsServer) return hands.isServed(server);
    const sample = samples.units?.get(life);
    return sample !== undefined && !sample.stopping;
  };

  const take = (event: NewEvent, how: SessionRefresh['how'] | undefined): void => {
    hands.record([event]);
    if (event.type !== 'refresh.started' || !how) return;
    renew(event.data, how).catch((cause: unknown) => onTrouble('a refresh failed', cause));
  };

  const keep = ({ life }: Home, plan: ReturnType<typeof planRefresh>): void => {
    const { login, due, waits } = plan;
    const sample = sampleOf(samples, life);
    if (!sample || !login) return;
    sample.refresh = { login, waits, dueAt: due?.at ?? null, endsAt: due?.endsAt ?? null };
  };

  /** What nobody asks for any more is not shown either. */
  const forget = ({ lives, units = {} }: State): void => {
    for (const { life, session } of [...Object.values(lives), ...Object.values(units)]) {
      const sample = life === null ? undefined : sampleOf(samples, life);
      if (sample?.refresh && !declaredOf(hands.config(), session)?.refresh) delete sample.refresh;
    }
  };

  const lookAt = (name: string): void => {
    const state = hands.state();
    const config = hands.config();
    const policy = declaredOf(config, name)?.refresh;
    const home = declaredHome(state, name);
    const { underWay } = notesOf(state, name);
    if (!underWay && home && !isReady(home)) return;
    const isExpired = home !== null && policy !== undefined && saysExpired(state, home, policy);
    const seen = seenOf(state, samples, home?.life ?? '', isExpired);
    const plan = planRefresh({ state, config, now: hands.now(), seen }, name, home);
    if (!underWay && home) keep(home, plan);
    for (const event of plan.events) take(event, policy?.how);
  };

  return {
    /** To be called every second. */
    look(): void {
      const state = hands.state();
      const { refreshes = {}, lives } = state;
      const pending = Object.keys(refreshes).filter(
        (name) => refreshes[name]?.underWay || refreshes[name]?.held,
      );
      expired.keep(lives);
      forget(state);
      for (const name of new Set([...wantedOf(hands.config()), ...pending])) lookAt(name);
    },

    /**
     * Begins one now, whatever the time: only what would do harm or be of no use is refused.
     * @throws RequestFailure `no-refresh`, `already-refreshing`, `needs-person`, `restarts-used-up`, `session-busy`, and as
     * other requests about a session
     */
    refresh(name: string, by: Requester): { refresh: string; until: number } {
      const state = hands.state();
      const home = mustFindHome(state, name);
      const { session } = home;
      const policy = declaredOf(hands.config(), session)?.refresh;
      const refusal = refusalOf({ state, config: hands.config(), now: hands.now() }, home, policy);
      if (refusal) throw new RequestFailure(refusal.code, `"${session}" ${refusal.message}`);
      if (!isReady(home) || !policy) throw notReady(home);
      const event = startOf({ state, now: hands.now() }, home, policy, 'operator', by);
      take(event, policy.how);
      const { refresh, until } = event.data;
      return { refresh, until };
    },
  };
};

export type Refreshing = ReturnType<typeof createRefreshing>;
