import { duration } from '../../model/duration.ts';
import { Failure } from '../../model/failure.ts';
import type { EventWatch } from '../frame/await-event.ts';
import type { Victim } from './victim.ts';

/** Long against what a death and its verdict take, also on a machine that is busy, ms. */
const patienceMs = 30_000;

/** Long against what a return takes; one that is put off is no failure of the drill. ms */
const returnMs = 10_000;

/** The incident that the death belongs to. @throws Failure `not-noticed` */
export const awaitDeath = async (watch: EventWatch, life: string): Promise<string> => {
  const incident = await watch.first(
    (event) =>
      event.type === 'session.died' && event.data.life === life ? event.data.incident : undefined,
    patienceMs,
  );
  if (incident !== null) return incident;
  throw new Failure('not-noticed', `the death was not noticed in ${duration(patienceMs)}`);
};

/** @throws Failure `no-verdict` */
export const awaitVerdict = async (watch: EventWatch, incident: string): Promise<void> => {
  const reached = await watch.first(
    (event) =>
      event.type === 'verdict.reached' && event.data.incident === incident ? true : undefined,
    patienceMs,
  );
  if (!reached) throw new Failure('no-verdict', `no verdict in ${duration(patienceMs)}`);
};

/** Whether the session came back; one that is not to be restarted does not. */
export const awaitReturn = async (
  watch: EventWatch,
  { session, life }: Victim,
): Promise<boolean> => {
  const back = await watch.first((event) => {
    if (event.type === 'decision.made' && event.data.decision === 'suspend') {
      return event.data.target.session === session ? false : undefined;
    }
    const again = event.type === 'supervision.started' && event.data.session === session;
    return again && event.data.life !== life ? true : undefined;
  }, returnMs);
  return back === true;
};
