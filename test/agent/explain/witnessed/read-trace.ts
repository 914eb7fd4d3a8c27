import type {
  Ancestor,
  SeenProcess,
  Testimony,
  WitnessedSignal,
} from '../../../../agent/model/witnessed.ts';

/** When the recorded machine was started, ms since the epoch: traces count seconds from there. */
export const boot = Date.UTC(2026, 0, 1);

/** ms since the epoch of a time in a trace. */
export const atSecond = (seconds: number): number => boot + seconds * 1000;

/** What the trace itself does not tell. */
export interface Seen {
  /** Command lines that were seen, by pid. */
  cmdlines?: Record<number, string>;
  /** Parents first, by pid. */
  ancestry?: Record<number, number[]>;
  cgroups?: Record<number, string>;
  uids?: Record<number, number>;
  comms?: Record<number, string>;
  /** Signals a process handles itself, by pid; those of others it does not. */
  catches?: Record<number, number[]>;
}

/** Whatever it is: a start time of its own for each pid. */
export const startTimeOf = (pid: number): number => 10 * pid;

const results = ['delivered', 'ignored', 'pending', 'lost', 'delivered'] as const;

const ancestorOf = (pid: number, comm: string, { cmdlines, comms }: Seen): Ancestor => {
  const cmdline = cmdlines?.[pid] ?? null;
  return {
    ...{ pid, startTime: startTimeOf(pid), comm: comms?.[pid] ?? comm, cmdline },
    seenBy: cmdline === null ? null : 'probe',
  };
};

export const processOf = (pid: number, comm: string, seen: Seen = {}): SeenProcess => ({
  ...ancestorOf(pid, comm, seen),
  ...{ uid: seen.uids?.[pid] ?? null, loginUid: null, auditSession: null },
  cgroup: seen.cgroups?.[pid] ?? null,
  ancestry: (seen.ancestry?.[pid] ?? []).map((parent) => ancestorOf(parent, 'bash', seen)),
});

const fieldsOf = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/([\w-]+)[=:](\S+)/g)].map(([, key = '', value = '']) => [key, value]));

const line = /^\s*(.+)-(\d+)\s+\[\d+\]\s+\S+\s+([\d.]+): (\w+): (.*)$/;

const signalOf = (at: number, sender: SeenProcess, text: string, seen: Seen): WitnessedSignal => {
  const fields = fieldsOf(text);
  const number = (name: string): number => Number(fields.get(name));
  const [pid, signal] = [number('pid'), number('sig')];
  const comm = / comm=(.*) pid=/.exec(text)?.[1] ?? '';
  return {
    ...{ at, signal, code: number('code'), toGroup: number('grp') === 1, sender },
    result: results[number('res')] ?? 'delivered',
    victim: processOf(pid, comm, seen),
    caught: seen.catches?.[pid]?.includes(signal) ?? false,
  };
};

/** Reads lines of trace_pipe as they were recorded into what the witness would have said of them. */
export const readTrace = (recorded: string, seen: Seen = {}): Testimony => {
  const testimony: Testimony = {
    ...{ since: boot, lost: [], signals: [], ooms: [], clients: [], method: 'probe' },
  };
  for (const text of recorded.split('\n')) {
    const [, comm = '', tid, seconds, event, rest = ''] = line.exec(text) ?? [];
    const at = atSecond(Number(seconds));
    const process = processOf(Number(tid), comm, seen);
    if (event === 'signal_generate') testimony.signals.push(signalOf(at, process, rest, seen));
    if (event === 'mark_victim') {
      const fields = fieldsOf(rest);
      const victim = processOf(Number(fields.get('pid')), fields.get('comm') ?? '', seen);
      const anonBytes = Number.parseInt(fields.get('anon-rss') ?? '0', 10) * 1024;
      testimony.ooms.push({ at, victim, anonBytes });
    }
    if (event === 'sched_process_exit' && comm === 'tmux: client') {
      testimony.clients.push({ at, process });
    }
  }
  return testimony;
};
