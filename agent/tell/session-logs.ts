import { join } from 'node:path';
import type { Event } from '../model/event.ts';
import { gapLine } from './event-line.ts';
import { createLineWriter } from './line-file/line-writer.ts';
import { createOpenFiles } from './line-file/open-files.ts';
import { removeOldest } from './line-file/remove-oldest.ts';
import { openRenamedFile } from './line-file/renamed-file.ts';
import type { OutputHealth } from './output-health.ts';
import { sessionFileName } from './session-file-name.ts';

/** One log per session: its events and the lines of the process log that name it. */
export interface SessionLogs {
  /** Writes the event to the log of each session. Default: the sessions its data names. */
  event(event: Event, sessions?: readonly string[]): void;
  /** Writes a line that is redacted already and ends with a newline, e.g. from the process log. */
  line(session: string, line: string): void;
  flushed(): Promise<void>;
  close(): Promise<void>;
  health(): OutputHealth;
}

export interface SessionLogsOptions {
  /** An event as one line, redacted, that ends with a newline. */
  lineOf(event: Event): string;
  onHealth?: (health: OutputHealth) => void;
  /** Of one file; each session has the current one and its predecessor. Default: 5 MB. */
  maxBytes?: number;
  /** Files open at once. Default: 16. */
  maxOpen?: number;
  /** Files kept: an owner can name sessions without end. Default: 2000. */
  maxFiles?: number;
  /** Pause before failed files are tried again. Default: 2 s. */
  retryMs?: number;
  now?: () => number;
}

/** What waits in memory while the disk takes nothing. */
const backlog = { fileBytes: 64 * 1024, totalBytes: 1024 * 1024 };

/** So many files are opened before old ones are looked for. */
const opensPerSearch = 100;

/** The sessions an event's data names: its own, those of an incident, the target of an action. */
export const sessionsOf = ({ data }: Event): readonly string[] => {
  if ('session' in data) return data.session === null ? [] : [data.session];
  if ('sessions' in data && Array.isArray(data.sessions)) return data.sessions;
  if ('target' in data && data.target.session !== null) return [data.target.session];
  return [];
};

export const createSessionLogs = (directory: string, options: SessionLogsOptions): SessionLogs => {
  const { lineOf, maxBytes = 5 * 1024 * 1024, maxOpen = 16, retryMs = 2000 } = options;
  const { now = Date.now, onHealth = () => {}, maxFiles = 2000 } = options;
  let opened = 0;
  const open = async (path: string) => {
    if (opened % opensPerSearch === 0) await removeOldest(directory, maxFiles);
    opened += 1;
    return openRenamedFile(path, maxBytes);
  };
  const sink = createOpenFiles(maxOpen, open);
  const writer = createLineWriter(sink, {
    limits: backlog,
    retryMs,
    gapLine: (dropped) => gapLine(dropped, now()),
    onHealth,
  });
  const line = (session: string, text: string): void =>
    writer.write(join(directory, sessionFileName(session)), text);

  return {
    event(event, sessions = sessionsOf(event)) {
      for (const session of sessions) line(session, lineOf(event));
    },
    line,
    flushed: writer.flushed,
    close: writer.close,
    health: writer.health,
  };
};
