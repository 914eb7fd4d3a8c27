import type { SeenProcess, WitnessedSignal } from '../../../agent/model/witnessed.ts';
import type { TraceRecord } from '../../../agent/witness/trace/parse/record.ts';

export const seen = (pid: number, more: Partial<SeenProcess> = {}): SeenProcess => ({
  ...{ pid, startTime: 1, comm: 'sleep', cmdline: 'sleep 1', seenBy: 'proc' },
  ...{ uid: 0, loginUid: null, auditSession: null, cgroup: '/', ancestry: [] },
  ...more,
});

export const sent = (
  at: number,
  victim: number,
  more: Partial<WitnessedSignal> = {},
): WitnessedSignal => ({
  ...{ at, signal: 9, code: 0, toGroup: true, result: 'delivered', caught: false },
  ...{ sender: seen(1000), victim: seen(victim) },
  ...more,
});

export const record = (tid: number, event: string, text: string, at = 1): TraceRecord => ({
  ...{ tid, comm: 'kill', at, event, text },
});

export const signalRecord = (tid: number, pid: number, signal = 9, at = 1): TraceRecord =>
  record(
    tid,
    'signal_generate',
    `sig=${signal} errno=0 code=0 comm=sleep pid=${pid} grp=1 res=0`,
    at,
  );
