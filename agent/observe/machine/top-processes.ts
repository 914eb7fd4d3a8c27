import type { ProcessSample } from '../../model/events/measures.ts';
import type { ProcStat } from '../../model/proc-stat.ts';
import { type ProcessReading, residentBytes, shareOf, ticksOf } from './process-reading.ts';
import { commandOf } from './procfs.ts';

const topProcesses = 20;
const topCommand = 60;

/** The commands of the top processes, redacted once each: they are the same in almost every sample. */
const createCommandTexts = (redact: (text: string) => string) => {
  let known = new Map<string, string>();
  let used = new Map<string, string>();
  return {
    of({ pid, comm }: ProcStat): string {
      // One that has ended since is known by its short name.
      const command = commandOf(pid) || `[${comm}]`;
      const text = known.get(command) ?? redact(command).slice(0, topCommand);
      used.set(command, text);
      return text;
    },
    /** Forgets what this sample did not ask for. */
    next(): void {
      known = used;
      used = new Map();
    },
  };
};

/** Tells which processes of the machine have the most memory; keeps what the next measure needs. */
export const createTopProcesses = (redact: (text: string) => string) => {
  const commands = createCommandTexts(redact);
  return (now: ProcessReading, before: ProcessReading): ProcessSample[] => {
    const top = [...now.processes.values()]
      .sort((a, b) => b.rssPages - a.rssPages)
      .slice(0, topProcesses)
      .map((stat) => ({
        pid: stat.pid,
        command: commands.of(stat),
        rssBytes: residentBytes(stat),
        cpu: shareOf(ticksOf(stat, before), before, now.at),
      }));
    commands.next();
    return top;
  };
};
