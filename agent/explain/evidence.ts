import type { DeathRecord } from '../model/events/death.ts';
import type { Verdict } from '../model/events/incident.ts';
import type { ServerEnd } from '../model/events/server.ts';

/** Everything an incident can be explained from. Facts only, gathered before `explain` is asked. */
export interface Evidence {
  server: { name: string; managed: boolean };
  /** How the server went; null where it lives. */
  serverEnd: { at: number; how: ServerEnd; text: string } | null;
  /** Trouble the server was in when the lives ended. */
  trouble: 'hung' | 'socket-lost' | null;
  /** The machine has started again since; `clean`: we were told to stop first. */
  reboot: { clean: boolean } | null;
  deaths: readonly DeathRecord[];
  /** Of those deaths whose session the kernel killed in for want of memory; absent where nobody could look. */
  ooms?: readonly Oom[];
}

/** Kills for want of memory in the cgroup of one session that died, since it was measured last. */
export interface Oom {
  session: string;
  at: number;
  kills: number;
  /** Whose limit was reached: its own, that of its server's unit, or neither. */
  whose: 'session' | 'unit' | 'machine';
  limitBytes: number | null;
}

/** A rule has a name, a sentence, and a verdict where it applies. Rules are asked in order. */
export interface Rule {
  name: string;
  sentence: string;
  judge(evidence: Evidence): Verdict | null;
}
