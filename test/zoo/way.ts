import type { Cause, Scope } from '../../agent/model/events/incident.ts';
import type { Ground, ServerKind } from './ground/ground.ts';

/** Who ended something, in his own words: a verdict that names one of them is right about the killer. */
export interface Killer {
  pid: number;
  /** What his command line holds. */
  cmdline: readonly string[];
  /** Only where it is not that of everybody here. */
  uid?: number;
  /** The supervised session he came from. */
  session?: string;
}

export interface ExpectedDeath {
  benign: false;
  /** Sessions that died of it, all in one incident. */
  sessions: readonly string[];
  /** Any of these is right. */
  causes: readonly Cause[];
  scope: Scope;
  /** `SIGKILL`; left out where it says nothing. */
  signal?: string;
  exitStatus?: number;
  /** Each of them is right; empty: nobody did it. */
  killers: readonly Killer[];
  /** Processes of the victim itself: to name one as the doer accuses nobody else. */
  own: readonly number[];
  /** What is in the command line of a process that only carries out what it is there for: the same holds of it. */
  hands?: readonly string[];
}

/** No incident may name one of these sessions. */
export interface ExpectedPeace {
  benign: true;
  sessions: readonly string[];
}

export type Expected = ExpectedDeath | ExpectedPeace;

/** `a memory cgroup`, `a pids cgroup`: one can be made, with a limit. `cgroup v2`: one that is killed as a whole. */
export type Need =
  | 'root'
  | 'tracefs'
  | 'a memory cgroup'
  | 'a pids cgroup'
  | 'cgroup v2'
  | { program: string };

/** One way to die, or to look as if, beside others on one machine: a script that knows the truth about itself. */
export interface Way {
  /** Lower case with dashes, unlike every other. */
  name: string;
  /** What happens, in one sentence. */
  sentence: string;
  server: ServerKind | 'both';
  /** What does not outlive it. A way that ends no more than a session shares its server with others. */
  ruins: 'session' | 'server' | 'watchers';
  needs?: readonly Need[];
  /**
   * Makes the victims, ends them, and says what the truth is. Whoever kills writes his own pid down before he
   * does: nothing of it is asked of Holdfast.
   */
  run(ground: Ground): Promise<Expected>;
}
