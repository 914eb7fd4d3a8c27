import type { SourceStatus, WitnessStatus } from '../../model/status/evidence-status.ts';
import type { Machine } from './machine.ts';
import type { Mend } from './mend/mend.ts';

/** One thing looked at. `fix` is the exact command that mends it, for a person to read and type. */
export interface Finding {
  /** Stable, for scripts. */
  id: string;
  /** `unknown`: it could not be looked at here, and `detail` says why. */
  status: 'ok' | 'warn' | 'unknown';
  title: string;
  detail: string;
  fix: string | null;
  /** What `--fix` does about it; null or absent: a person has to. */
  mend?: Mend | null;
}

export interface WatchedServer {
  server: string;
  socket: string;
  /** Null when it does not run, or nobody could be asked. */
  pid: number | null;
  /** Its running sessions, as the agent knows them. */
  sessions: readonly {
    session: string;
    /** In force, bytes; null: none is. */
    memoryMax: number | null;
  }[];
  /** Why declared limits of its sessions are not in force; null: they are, or nobody could be asked. */
  unlimited: string | null;
}

/** What the running agent says of who and what it can ask about a death. */
export interface KnownEvidence {
  /** Whether it runs under `holdfast up`. */
  embedded: boolean;
  /** Null: it does not say. */
  witness: WitnessStatus | null;
  sources: readonly SourceStatus[];
  /** The declared units, as systemd calls them; absent: an older agent. */
  units?: readonly string[];
  /** Those of them that systemd does not have; absent: an older agent. */
  unitsMissing?: readonly string[];
  /** Why systemd cannot be asked about them; null: it can. */
  unitsUnseen?: string | null;
}

/** Looks at the machine and changes nothing. Never throws for what the machine may be like. */
export type Check = (
  machine: Machine,
  servers: readonly WatchedServer[],
  /** Null: no agent answers. */
  evidence: KnownEvidence | null,
) => Finding[] | Promise<Finding[]>;

type Told = Pick<Finding, 'title' | 'detail'>;

/** Makes the findings of one check, all with its id. */
export const findingsOf = (id: string) => ({
  ok: (told: Told): Finding => ({ id, status: 'ok', ...told, fix: null }),
  warn: (told: Told, fix: string | null, mend: Mend | null = null): Finding => ({
    ...{ id, status: 'warn', ...told, fix },
    ...(mend && { mend }),
  }),
  unknown: (told: Told): Finding => ({ id, status: 'unknown', ...told, fix: null }),
});
