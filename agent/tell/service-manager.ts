import { openBinary } from './systemd/binary.ts';
import { isSupportedAddress, openDatagram } from './systemd/datagram.ts';
import { type Message, type MessageKind, statusText, type Transport } from './systemd/message.ts';

/** Tells the service manager how we are (sd_notify(3)). Without one every call does nothing. */
export interface Notifier {
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

export interface NotifierOptions {
  /** Told once per message that could not be sent, and of the FFI that did not load. */
  onError?: (cause: unknown) => void;
}

/** The manager may be busy or restarting itself: together ten seconds. */
const retryMs = 200;
const maxAttempts = 50;

/** Sends one message after another, each again until it got there or has been tried enough. */
const createOutbox = (transport: Transport, onError: (cause: unknown) => void) => {
  const waiting = new Map<MessageKind, Message>();
  let attempts = 0;
  let busy = false;

  /** True when `message` needs no further attempt. */
  const attempt = async (message: Message): Promise<boolean> => {
    try {
      await transport.send(message);
    } catch (cause) {
      attempts += 1;
      if (attempts < maxAttempts) return false;
      onError(cause);
    }
    attempts = 0;
    return true;
  };

  const sendAll = async (): Promise<void> => {
    busy = true;
    for (const message of waiting.values()) {
      if (!(await attempt(message))) {
        setTimeout(sendAll, retryMs).unref();
        return;
      }
      // A newer one of its kind may have taken its place meanwhile.
      if (waiting.get(message.kind) === message) waiting.delete(message.kind);
    }
    busy = false;
  };

  return (kind: MessageKind, ...lines: string[]): void => {
    waiting.delete(kind);
    waiting.set(kind, { kind, lines });
    if (!busy) void sendAll();
  };
};

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

const nobody: Notifier = {
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
  { onError = () => {} }: NotifierOptions = {},
): Notifier => {
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
