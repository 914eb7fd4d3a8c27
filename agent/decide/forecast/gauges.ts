import type { ForecastSubject } from '../../model/forecast-key.ts';
import type { ResourceSample, Samples } from '../../model/samples.ts';
import type { Life, State } from '../../model/state.ts';

/** A measure of something that has a limit. */
export interface Gauge extends ForecastSubject {
  at: number;
  value: number;
  limit: number;
  limitOf: 'session' | 'machine';
  /** Nothing is foretold before, ms since the epoch. */
  quietUntil: number;
}

/** A program that starts fills its caches: what it takes in this time says nothing of later, ms. */
const startMs = 30 * 60_000;

/**
 * What a session takes that nothing but its end gives back: of a cgroup its anonymous memory, because files it has read are
 * dropped when they are in the way.
 */
const memoryOf = (life: Life, { lives, host }: Samples): Gauge | null => {
  const usage = lives.get(life.life)?.usage;
  if (!usage || !host) return null;
  const value = usage.cgroup?.anonBytes ?? usage.rssBytes;
  const own = usage.cgroup?.memoryMaxBytes ?? Number.POSITIVE_INFINITY;
  const left = value + host.memoryAvailableBytes;
  return {
    ...{ what: 'memory', session: life.session, server: life.server, life: life.life, path: null },
    ...{ at: usage.at, value, limit: Math.min(own, left) },
    limitOf: own <= left ? 'session' : 'machine',
    quietUntil: life.createdAt + startMs,
  };
};

const ofMachine = ({ what, path, at, value, limit }: ResourceSample): Gauge => ({
  ...{ what, session: null, server: null, life: null, path },
  ...{ at, value, limit, limitOf: 'machine', quietUntil: 0 },
});

/** All that is watched, as last measured. */
export const gaugesOf = ({ lives }: State, samples: Samples): Gauge[] => [
  ...Object.values(lives)
    .map((life) => memoryOf(life, samples))
    .filter((gauge) => gauge !== null),
  ...(samples.resources ?? []).map(ofMachine),
];
