import type { Instance } from '../model/events/server.ts';
import type { TmuxLog } from '../protocol/link.ts';
import { runInInstance } from './command/in-instance.ts';
import { logListing, nobodyText } from './tmux/dialect.ts';
import { newMark } from './tmux/mark.ts';

/** tmux keeps 1000 entries where nobody said otherwise (message-limit). */
const maxLines = 2000;

/** What takes something away is short; a command that starts something may hold a whole script. */
const maxLine = 400;

const maxClients = 100;

const readClient = (line: string): TmuxLog['clients'] => {
  const [, pid, name = ''] = /^(\d+) (\S{1,100})$/.exec(line) ?? [];
  return pid === undefined ? [] : [{ pid: Number(pid), name }];
};

/** Null: it is not what was asked for. */
export const parseTmuxLog = (printed: string, mark: string): TmuxLog | null => {
  const [head = '', ...rest] = printed.replace(/\n$/, '').split('\n');
  const [, seconds, clock = '', limit] = /^(\d{1,11}) (\d\d:\d\d) (\d+)$/.exec(head) ?? [];
  const end = rest.indexOf(mark);
  if (seconds === undefined || end < 0) return null;
  const lines = rest.slice(end + 1);
  return {
    ...{ at: Number(seconds) * 1000, clock, limit: Number(limit) },
    lines: lines.slice(0, maxLines).map((line) => line.slice(0, maxLine)),
    cut: lines.length > maxLines,
    clients: rest.slice(0, end).slice(0, maxClients).flatMap(readClient),
  };
};

/**
 * Which commands a server was given, by its own log. It is read through whoever is attached: to attach would show, and
 * may end a session when we leave (destroy-unattached).
 * @returns null where nobody is, and tmux shows it to nobody else
 * @throws TmuxFailure `tmux-refused` where the server is gone, `other-server`
 */
export const readTmuxLog = async (socket: string, instance: Instance): Promise<TmuxLog | null> => {
  const mark = newMark();
  try {
    return parseTmuxLog(await runInInstance(socket, instance, logListing(mark)), mark);
  } catch (cause) {
    if (cause instanceof Error && nobodyText.test(cause.message)) return null;
    throw cause;
  }
};
