import { getSystemErrorName } from 'node:util';
import type { Event } from '../../model/event.ts';
import type { JournalHealth } from '../../model/status/agent-status.ts';
import { createHealthReport, type OutputHealth } from '../output-health.ts';
import type { Redact } from '../plain-value.ts';
import { type DatagramSocket, openDatagramSocket } from '../systemd/datagram-socket.ts';
import { emptyContext, release, take } from './context.ts';
import { encode } from './encode.ts';
import { entryOf } from './entry.ts';

/** Notable events as entries with fields, for who asks the journal by session, incident or kind. */
export interface Journal {
  /** Never throws and never waits: an entry the journal does not take now is given up and counted. */
  write(event: Event): void;
  health(): JournalHealth;
  close(): void;
}

export interface JournalOptions {
  redact: Redact;
  onHealth?: (health: OutputHealth) => void;
  /** Default: where journald listens on every system. */
  address?: string;
}

/** systemd.journal-fields(7). PID 1 holds this socket, also while journald restarts. */
const journalSocket = '/run/systemd/journal/socket';

const sendFailure = (errno: number): Error => {
  const code = getSystemErrorName(-errno);
  return Object.assign(new Error(`sendto: ${code}`), { code });
};

export const createJournal = (options: JournalOptions): Journal => {
  const { redact, onHealth = () => {}, address = journalSocket } = options;
  const report = createHealthReport(onHealth);
  const context = emptyContext();
  let socket: DatagramSocket | null = null;
  let sent = 0;

  const send = (event: Event): void => {
    const entry = entryOf(event, context, redact);
    if (entry === null) return;
    socket ??= openDatagramSocket(address);
    const errno = socket.send(encode(entry));
    if (errno !== 0) throw sendFailure(errno);
    sent += 1;
    report.recovered();
  };

  return {
    write(event) {
      try {
        take(context, event);
        send(event);
      } catch (cause) {
        report.dropped(1);
        report.failed(cause);
      } finally {
        release(context, event);
      }
    },
    health() {
      const { status, code, dropped } = report.current();
      return { status, code, sent, dropped };
    },
    close() {
      socket?.close();
      socket = null;
    },
  };
};

/** Where our output is not the journal's: in a terminal, in a container, under `holdfast up`. */
export const noJournal: Journal = {
  write() {},
  health: () => ({ status: 'off', code: '', sent: 0, dropped: 0 }),
  close() {},
};
