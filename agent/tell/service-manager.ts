import { openBinary } from './systemd/binary.ts';
import { isSupportedAddress, openDatagram } from './systemd/datagram.ts';
import { statusText } from './systemd/message.ts';
import { createOutbox } from './systemd/outbox.ts';

/** Tells the service manager how we are (sd_notify(3)). Without one every call does nothing. */
export interface ServiceManager {
  /** Started, or done with reloading. */
  ready(): void;
  /** What `systemctl status` shows: one line of at most 512 bytes. */
  status(text: string): void;
  /** Alive and well. Due within `watchdogIntervalMs`; send it three times as often. */
  watchdog(): void;
  /** To be followed by `ready()`. */
  reloading(): void;
  stopping(): void;
  /** After this long without `watchdog()` we are killed; null where nobody waits for it. */
  readonly watchdogIntervalMs: number | null;
  /** `binary` spawns a program per message and needs `NotifyAccess=all`. */
  readonly path: 'datagram' | 'binary' | 'none';
}

export interface ServiceManagerOptions {
  /** Told once per message that could not be sent, and of the FFI that did not load. */
  onError?: (cause: unknown) => void;
}

const openTransport = (address: string, onError: (cause: unknown) => void) => {
  try {
    return { transport: openDatagram(address), path: 'datagram' as const };
  } catch (cause) {
    onError(cause);
    return { transport: openBinary(), path: 'binary' as const };
  }
};

/** `WATCHDOG_PID` says whom it is meant for: children inherit the environment (sd_watchdog_enabled(3)). */
const watchdogInterval = (env: NodeJS.ProcessEnv): number | null => {
  const pid = env['WATCHDOG_PID'];
  if (pid !== undefined && Number(pid) !== process.pid) return null;
  const microseconds = Number(env['WATCHDOG_USEC']);
  return Number.isSafeInteger(microseconds) && microseconds > 0 ? microseconds / 1000 : null;
};

/** CLOCK_MONOTONIC, which is what `hrtime` reads. */
const monotonicMicroseconds = (): bigint => process.hrtime.bigint() / 1000n;

const nobody: ServiceManager = {
  ready() {},
  status() {},
  watchdog() {},
  reloading() {},
  stopping() {},
  watchdogIntervalMs: null,
  path: 'none',
};

/** Uses `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` of `env`. Never throws. */
export const createServiceManager = (
  env: NodeJS.ProcessEnv,
  { onError = () => {} }: ServiceManagerOptions = {},
): ServiceManager => {
  const address = env['NOTIFY_SOCKET'];
  if (!address) return nobody;
  if (!isSupportedAddress(address)) {
    onError(new Error('NOTIFY_SOCKET is neither a path nor an abstract address'));
    return nobody;
  }
  const { transport, path } = openTransport(address, onError);
  const say = createOutbox(transport, onError);
  return {
    ready: () => say('READY', 'READY=1'),
    status: (text) => say('STATUS', `STATUS=${statusText(text)}`),
    watchdog: () => say('WATCHDOG', 'WATCHDOG=1'),
    reloading: () => say('RELOADING', 'RELOADING=1', `MONOTONIC_USEC=${monotonicMicroseconds()}`),
    stopping: () => say('STOPPING', 'STOPPING=1'),
    watchdogIntervalMs: watchdogInterval(env),
    path,
  };
};
