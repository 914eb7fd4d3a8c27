/** What may be used up. `memory` is of a session, the others of the machine. */
export type ForecastWhat = 'memory' | 'disk' | 'inodes' | 'descriptors' | 'ptys' | 'processes';

/** Something grows and reaches its limit, if it goes on so. */
export interface Forecast {
  /** What is used up. */
  what: ForecastWhat;
  /** Whose; null: the machine's, as the next two. */
  session: string | null;
  server: string | null;
  life: string | null;
  /** A directory on the file system that fills, for `disk` and `inodes`; null otherwise. */
  path: string | null;
  /** When this was concluded, ms since the epoch. */
  at: number;
  /** When the limit is reached, ms since the epoch. */
  reachesAt: number;
  /** What is used: bytes, or how many. */
  value: number;
  /** In the same unit. */
  limit: number;
  /** Of a session its own limit, or all that the machine has left. */
  limitOf: 'session' | 'machine';
  /** What is added in a second. */
  slope: number;
}

/** Events about trouble before it comes. */
export interface ForecastEvents {
  /** Told again where it is to come in less than half of the time that was told before. */
  'forecast.warned': Forecast;
  'forecast.cleared': {
    /** What is no longer going to be used up. */
    what: ForecastWhat;
    /** Whose; null: the machine's, as the next two. */
    session: string | null;
    server: string | null;
    life: string | null;
    /** A directory on the file system; null where none was meant. */
    path: string | null;
    /** Since it was first warned of. */
    afterMs: number;
    /** `eased`: it does not grow any more, or not so fast; `ended`: its session did. */
    end: 'eased' | 'ended';
  };
}
