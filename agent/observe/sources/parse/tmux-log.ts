import { tmuxWords } from './tmux-words.ts';

/** One entry of the log of a tmux server that is about a command. */
export interface LogEntry {
  /** Whole minutes before the log was read. */
  minutesAgo: number;
  /** Null: a hook or a file of settings. */
  client: string | null;
  user: string | null;
  key: string | null;
  name: string;
  args: string[];
}

/**
 * `11:55: client-10610 command: kill-session -t api`, `11:55: /dev/pts/3[bob] key x: kill-pane`, `11:55: command: …` of a
 * hook (cmdq_add_message of tmux's cmd-queue.c). What is older than a day has a date instead of the time.
 */
const entry =
  /^(\d\d):(\d\d): (?:([^\s[\]:]{1,100})(?:\[([^\]]{1,64})\])? )?(?:command|key (\S{1,30})): ([a-z-]{1,40})(?: (.*))?$/s;

const minutesIn = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

const day = 24 * 60;

const readEntry = (line: string, now: number): LogEntry | null => {
  const match = entry.exec(line);
  if (!match) return null;
  const [, hours, minutes, client, user, key, name = '', words = ''] = match;
  return {
    minutesAgo: (now - minutesIn(`${hours}:${minutes}`) + day) % day,
    ...{ client: client ?? null, user: user ?? null, key: key ?? null },
    ...{ name, args: tmuxWords(words) },
  };
};

/**
 * What `show-messages` printed, newest first. Other messages are left out.
 * @param clock what time it was in that log when it was read, `11:55`
 */
export const readEntries = (lines: readonly string[], clock: string): LogEntry[] => {
  const now = minutesIn(clock);
  return lines.flatMap((line) => readEntry(line, now) ?? []);
};
