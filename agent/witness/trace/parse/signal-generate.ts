import type { WitnessedSignal } from '../../../model/witnessed.ts';
import { type Bytes, decodeBytes } from './bytes.ts';

/** `signal_generate`: a signal was sent. */
export interface SignalGenerated
  extends Pick<WitnessedSignal, 'signal' | 'code' | 'toGroup' | 'result'> {
  /** Of the thread it was sent to. */
  comm: string;
  /** Of that thread; where `toGroup`, mostly the first one of its process, and so the process. */
  pid: number;
}

const shape =
  /^sig=(\d{1,3}) errno=-?\d{1,10} code=(-?\d{1,10}) comm=([\s\S]{0,15}) pid=(\d{1,10}) grp=([01]) res=([0-4])$/;

/**
 * By `res`, include/trace/events/signal.h. The fourth (3) was not sent, for want of room; of the last (4) only what came
 * with it (`siginfo_t`) is lost: whoever fills the queue of a process cannot hide a signal in it.
 */
const results: readonly SignalGenerated['result'][] = [
  'delivered',
  'ignored',
  'pending',
  'lost',
  'delivered',
];

/** What follows the comm is longer than a comm, so nobody can forge it; null: another text. */
export const parseSignalGenerate = (text: Bytes): SignalGenerated | null => {
  const [, signal, code, comm, pid, group, res] = shape.exec(text) ?? [];
  const result = results[Number(res)];
  if (comm === undefined || result === undefined) return null;
  return {
    signal: Number(signal),
    code: Number(code),
    comm: decodeBytes(comm),
    pid: Number(pid),
    toGroup: group === '1',
    result,
  };
};
