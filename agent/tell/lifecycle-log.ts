import type { Event } from '../model/event.ts';
import { gapLine } from './event-line.ts';
import { createLineWriter } from './line-file/line-writer.ts';
import { type NumberedFileLimits, openNumberedFile } from './line-file/numbered-file.ts';
import { createOpenFiles } from './line-file/open-files.ts';
import type { OutputHealth } from './output-health.ts';

/** The log of what happened to sessions, for people and log shippers; the truth is in the event log. */
export interface LifecycleLog {
  /** Ignores events that are not of a lifecycle. Never throws, never waits for the disk. */
  write(event: Event): void;
  /** Resolves when what was written is in the file or waits for the next try. */
  flushed(): Promise<void>;
  close(): Promise<void>;
  health(): OutputHealth;
}

export interface LifecycleLogOptions {
  /** An event as one line, redacted, that ends with a newline. */
  lineOf(event: Event): string;
  onHealth?: (health: OutputHealth) => void;
  /** Default: 50 MB in each of 5 files. */
  limits?: NumberedFileLimits;
  /** Pause before a failed file is tried again. Default: 2 s. */
  retryMs?: number;
  now?: () => number;
}

const lifecycle =
  /^(?:session|supervision|server|incident|verdict|forecast|action|agent|config|health|bot|refresh|unit)\./;

const defaultLimits: NumberedFileLimits = { maxBytes: 50 * 1024 * 1024, files: 5 };

/** What waits in memory while the disk takes nothing: some thousand events. */
const backlogBytes = 1024 * 1024;

export const createLifecycleLog = (path: string, options: LifecycleLogOptions): LifecycleLog => {
  const { lineOf, limits = defaultLimits, retryMs = 2000, now = Date.now } = options;
  const sink = createOpenFiles(1, (file) => openNumberedFile(file, limits));
  const writer = createLineWriter(sink, {
    limits: { fileBytes: backlogBytes, totalBytes: backlogBytes },
    retryMs,
    gapLine: (dropped) => gapLine(dropped, now()),
    onHealth: options.onHealth ?? (() => {}),
  });
  return {
    write(event) {
      if (lifecycle.test(event.type)) writer.write(path, lineOf(event));
    },
    flushed: writer.flushed,
    close: writer.close,
    health: writer.health,
  };
};
