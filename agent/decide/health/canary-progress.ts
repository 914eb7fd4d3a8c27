import type { CanaryCheck } from '../../model/config/health.ts';
import { moreSince } from '../../model/counter.ts';
import type { BotSample } from '../../model/samples.ts';

/** Bots by their names, as they last said how they are. */
export type Bots = ReadonlyMap<string, BotSample>;

/** Some clocks of bots have no parts of a second, ms. */
const clockStep = 1000;

const rose = (
  before: BotSample | undefined,
  now: BotSample,
  way: 'in' | 'out',
  sentAt: number,
): boolean => {
  const traffic = now[way];
  // Of one that was not heard before, nobody knows what came when.
  if (!traffic || !before) return false;
  if (traffic.lastAt !== null && traffic.lastAt <= sentAt - clockStep) return false;
  const known = { startedAt: before.startedAt, count: before[way]?.count ?? 0 };
  return moreSince(known, { startedAt: now.startedAt, count: traffic.count }) > 0;
};

/**
 * How far a message got that was sent at `sentAt`, ms since the epoch: another one that comes meanwhile passes for it, and
 * shows as well that messages arrive.
 * @param before as they were when it was sent
 */
export const arrived = (
  before: Bots,
  now: Bots,
  sentAt: number,
  expect: CanaryCheck['expect'],
): 'nowhere' | 'received' | 'answered' => {
  const some = (way: 'in' | 'out'): boolean =>
    [...now].some(([name, bot]) => rose(before.get(name), bot, way, sentAt));
  if (!some('in')) return 'nowhere';
  return expect === 'answered' && some('out') ? 'answered' : 'received';
};
