import type { ExitStatus, ScreenRef } from './death.ts';
import type { HostSample, UsageSample } from './measures.ts';
import type { Instance } from './server.ts';

/** Which declared unit: the name it is declared by, which stands where that of a session does, and what systemd calls it. */
export interface UnitRef {
  /** As the configuration names it. No session has that name. */
  session: string;
  /** Always `systemd.system`, which no tmux server can be called. */
  server: string;
  /** Such as `telegram-gateway.service`. */
  unit: string;
}

/** What systemd does with a unit whose life is over: starts it again by itself, has given it up, or leaves it stopped. */
export type UnitNext = 'restarting' | 'failed' | 'stopped';

/** What is known of a run that nobody meant to end. */
export interface UnitDeath {
  /** Which it belongs to. */
  incident: string;
  /** Other units that had ended within the same two seconds, as many as there is room for: the incident has all of them. */
  others: string[];
  /** Whether anybody was looking when it ended. */
  watched: 'live' | 'agent-down';
  /** Its cgroup when last measured; null: not measured. */
  usage: UsageSample | null;
  /** The machine when last measured, without its processes; null: not measured. */
  host: HostSample | null;
  /** Its main process; null: none was seen. */
  main: Instance | null;
  /** When that ended by systemd's word, in whole seconds, ms since the epoch; null: it does not say. */
  exitedAt: number | null;
}

/** Units of systemd that the configuration declares. A run of one is a life: systemd's invocation id names it. */
export interface UnitEvents {
  'unit.declared': UnitRef;
  'unit.undeclared': { session: string };
  'unit.up': UnitRef & {
    /** `unit:` and systemd's invocation id. */
    life: string;
    /** Of the main process; null: systemd knows of none. */
    pid: number | null;
    /** Of that process, clock ticks since boot; null or absent: it was gone, or an older release did not look. */
    startTime?: number | null;
    /** Since when systemd has it as active, ms since the epoch. */
    startedAt: number;
  };
  'unit.ended': UnitRef & {
    life: string;
    /** `died`: nobody meant it; `stopped`: systemd was told to; `finished`: its program ended with success by itself. */
    how: 'died' | 'stopped' | 'finished';
    /** systemd's `Result=`; `unseen`: it ran again before systemd could be asked; `reboot`: the machine went. */
    result: string;
    /** Of the main process; null: not known. */
    exit: ExitStatus | null;
    /** What ended it, in a sentence. */
    why: string;
    /** What becomes of the unit now. */
    next: UnitNext;
    /** The action of Holdfast that ended it; null: none did. */
    action: string | null;
    ageMs: number;
    /** When it was last seen, ms since the epoch: the end lies between then and the event. */
    lastSeen: number;
    /** Of what died; absent: it died too often of late to be explained each time, or an older release did not keep it. */
    death?: UnitDeath;
  };
  /** Of a run whose end has a `death`: a moment later, because nothing waits for the journal. */
  'unit.output': UnitRef & {
    /** The run that is over. */
    life: string;
    /** The last lines it wrote to its standard output and error, redacted; `takenAt` is when it wrote the last. Null: none are known. */
    output: ScreenRef | null;
    /** Why none are known; null: they are. */
    why: string | null;
  };
  'unit.failed': UnitRef & {
    result: string;
    /** In a sentence. */
    why: string;
  };
  /** It does not run, and systemd is not about to start it: seen at first sight, or no longer failed. */
  'unit.down': UnitRef & {
    /** `missing`: systemd has no such unit. */
    status: 'stopped' | 'missing';
    /** In a sentence. */
    why: string;
  };
}
