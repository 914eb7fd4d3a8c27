import { cutBytes } from '../cut-bytes.ts';

/** What systemd is told; a newer message replaces an older one of its kind that still waits. */
export type MessageKind = 'READY' | 'STATUS' | 'WATCHDOG' | 'RELOADING' | 'STOPPING';

/** `lines` as sd_notify(3) wants them: `VARIABLE=VALUE`. */
export interface Message {
  kind: MessageKind;
  lines: readonly string[];
}

/** Carries messages to the service manager. Rejects when one did not get there. */
export interface Transport {
  send(message: Message): Promise<void>;
}

/** systemd reads at most 4096 bytes of one datagram (NOTIFY_BUFFER_MAX); people read one line. */
const maxStatusBytes = 512;

/** One line, bounded, without control characters. */
export const statusText = (text: string): string => {
  const line = text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return cutBytes(line.trim(), maxStatusBytes);
};
