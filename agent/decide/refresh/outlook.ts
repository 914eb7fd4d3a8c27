import type { Config } from '../../model/config/config.ts';
import type { NewEvent } from '../../model/event.ts';
import type { KnownLogin } from '../../model/events/refresh.ts';
import type { RefreshWait } from '../../model/refresh.ts';
import type { State } from '../../model/state.ts';
import type { Due } from './due.ts';
import type { Seen } from './quiet.ts';

/** What a plan is made of. */
export interface Outlook {
  state: State;
  config: Config;
  now: number;
  seen: Seen;
}

export interface RefreshPlan {
  events: NewEvent[];
  /** What the login is known by, and when it is due; null: nothing is known. */
  login: KnownLogin | null;
  due: Due | null;
  waits: RefreshWait | null;
}
