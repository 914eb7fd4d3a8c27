import type { State } from '../../model/state.ts';

const secondMs = 1000;

/** Sessions that may be started now. What was not taken up comes in a later plan. */
export interface Allowance {
  take(): boolean;
  /** When there may be more, ms since the epoch. The end of a start under way makes a plan of its own. */
  readonly moreAt: number;
}

/** At most `atOnce` starts are under way, and at most as many begin within a second. */
export const allowance = (state: State, atOnce: number, now: number): Allowance => {
  const underWay = Object.values(state.actions).filter(
    ({ kind }) => kind === 'session.create',
  ).length;
  const begun = Object.entries(state.attempts)
    .filter(([subject]) => state.declared[subject])
    .flatMap(([, attempts]) => attempts.map(({ at }) => at))
    .filter((at) => at > now - secondMs && at <= now);
  let left = atOnce - Math.max(underWay, begun.length);
  return {
    take: () => {
      left -= 1;
      return left >= 0;
    },
    moreAt: (begun.length > 0 ? Math.min(...begun) : now) + secondMs,
  };
};
