import { fromKernel, type WitnessedSignal } from '../../model/witnessed.ts';
import { isProcess, isSame } from '../process.ts';
import {
  isCrash,
  isLimit,
  SIGBUS,
  SIGHUP,
  SIGINT,
  SIGKILL,
  SIGPIPE,
  SIGQUIT,
  SIGXFSZ,
} from '../signals.ts';
import { memoryBehind } from './memory.ts';
import type { Told } from './told.ts';
import { isUnitStop } from './unit-stop.ts';

/** What a signal is, by its code, its sender and its victim (sigaction(2), and the traces the tests are made of). */
export type Nature =
  /** Another process sent it. */
  | 'sent'
  /** Its parent sent it, or took it along as it ended itself (PR_SET_PDEATHSIG). */
  | 'parent'
  /** The manager of its unit sent it. */
  | 'unit-stop'
  /** For want of memory. */
  | 'memory'
  | 'limit'
  /** A fault of the program, or abort(). */
  | 'crash'
  /** By the terminal: Ctrl-C, Ctrl-\. */
  | 'typed'
  /** The server closed the pane. */
  | 'removed'
  /** The process sent it to itself. */
  | 'self'
  /** The kernel, for none of these: a timer, a pipe nobody reads, a terminal that is gone, the end of a PID namespace. */
  | 'kernel';

/** kill, sigqueue, tgkill. */
const sentCodes = new Set([0, -1, -6]);

/** `BUS_MCEERR_AR` and `BUS_MCEERR_AO`: memory that failed, which whoever finds it tells the owner of. */
const memoryFailures = new Set([4, 5]);

export const isSelf = ({ sender, victim }: WitnessedSignal): boolean => isSame(sender, victim);

export const isFromServer = ({ sender }: WitnessedSignal, { server }: Told): boolean =>
  server.instance != null && isProcess(sender, server.instance);

const ofKernel = (event: WitnessedSignal, told: Told): Nature => {
  const { signal } = event;
  if (signal === SIGKILL) {
    if (memoryBehind(event, told)) return 'memory';
    return isSelf(event) ? 'limit' : 'kernel';
  }
  if (signal === SIGHUP) return isFromServer(event, told) ? 'removed' : 'kernel';
  if (signal === SIGINT || signal === SIGQUIT) return 'typed';
  if (isLimit(signal)) return 'limit';
  return isCrash(signal) ? 'crash' : 'kernel';
};

/**
 * Runtimes that catch a fault tell of it and then raise the signal again. The kernel sends SIGXFSZ and SIGPIPE in the name
 * of the process that writes.
 */
const toItself = ({ signal }: WitnessedSignal): Nature => {
  if (isCrash(signal)) return 'crash';
  if (signal === SIGXFSZ) return 'limit';
  return signal === SIGPIPE ? 'kernel' : 'self';
};

/** A fault is met by the process that has it. */
const isFault = (event: WitnessedSignal): boolean =>
  event.code > 0 &&
  ((isSelf(event) && isCrash(event.signal)) ||
    (event.signal === SIGBUS && memoryFailures.has(event.code)));

/**
 * Whether its code is none that a plain sending has: another process may choose any below 0 (rt_sigqueueinfo), and a file
 * may send any signal as somebody writes to it (F_SETSIG).
 */
export const isOddlySent = (event: WitnessedSignal): boolean =>
  event.code !== fromKernel && !sentCodes.has(event.code) && !isFault(event) && !isSelf(event);

export const natureOf = (event: WitnessedSignal, told: Told): Nature => {
  const { code, sender, victim } = event;
  if (code === fromKernel) return ofKernel(event, told);
  if (isFault(event)) return 'crash';
  if (isSelf(event)) return sentCodes.has(code) ? toItself(event) : 'kernel';
  if (isUnitStop(event, told)) return memoryBehind(event, told) ? 'memory' : 'unit-stop';
  const [parent] = victim.ancestry;
  return parent && isSame(parent, sender) ? 'parent' : 'sent';
};

/** Whether somebody else meant it for the process. */
export const isByOthers = (nature: Nature): boolean =>
  nature === 'sent' || nature === 'parent' || nature === 'unit-stop' || nature === 'memory';
