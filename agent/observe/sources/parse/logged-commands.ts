import type { LoggedClient, LoggedCommand } from '../../../model/source-fact/tmux.ts';
import { isClient } from '../../../model/tmux-client.ts';
import type { SeenProcess } from '../../../model/witnessed.ts';
import type { TmuxLog } from '../../../protocol/link.ts';
import { named, said } from './said.ts';
import { type LogEntry, readEntries } from './tmux-log.ts';

/** Commands of tmux(1) that take a pane, a window, a session or the server away; the log has them in full. */
const taking = new Set([
  'kill-session',
  'kill-window',
  'kill-pane',
  'kill-server',
  'unlink-window',
]);

/** With `-k` these do. */
const replacing = new Set(['respawn-pane', 'respawn-window', 'link-window', 'move-window']);

const has = (args: readonly string[], letter: string): boolean =>
  args.some((word) => new RegExp(`^-[a-zA-Z]*${letter}`).test(word));

/** `kill-session -C` clears alerts. */
const takesAway = ({ name, args }: LogEntry): boolean =>
  taking.has(name)
    ? name !== 'kill-session' || !has(args, 'C')
    : replacing.has(name) && has(args, 'k');

/** Those after which a client shows another session, with the option that names it. */
const showing: Readonly<Record<string, string>> = {
  ...{ 'attach-session': 't', 'switch-client': 't', 'new-session': 's' },
};

const minuteMs = 60_000;

/** When the minute of an entry began, ms since the epoch. Zones differ by whole minutes. */
const minuteOf = ({ minutesAgo }: LogEntry, { at }: TmuxLog): number =>
  Math.floor(at / minuteMs) * minuteMs - minutesAgo * minuteMs;

/** When the oldest command that is still in the log was given at the latest; null: there is none. */
export const beganBy = (log: TmuxLog): number | null => {
  const oldest = readEntries(log.lines, log.clock).at(-1);
  return oldest ? minuteOf(oldest, log) + minuteMs - 1 : null;
};

/** Options that have a value which says what was hit; `-e` has a variable of the environment, which is nobody's business. */
const withValue = /^-[a-zA-Z]*[tsnc]$/;

/** Of a command that begins a program only the options: what is begun there may have secrets, and ends nothing. */
const withoutProgram = ({ name, args }: LogEntry): string[] => {
  if (!replacing.has(name)) return [...args];
  const shown: string[] = [];
  for (let at = 0; args[at]?.startsWith('-'); at += 1) {
    const word = args[at] ?? '';
    if (/^-[a-zA-Z]*e/.test(word)) {
      if (word.endsWith('e')) at += 1;
      continue;
    }
    shown.push(word);
    if (withValue.test(word) && args[at + 1] !== undefined) shown.push(args[++at] ?? '');
  }
  return shown;
};

const wordAfter = (args: readonly string[], option: string): string | null => {
  const at = args.findIndex((word) => new RegExp(`^-[a-zA-Z]*${option}`).test(word));
  if (at < 0) return null;
  const joined = (args[at] ?? '').replace(new RegExp(`^-[a-zA-Z]*?${option}`), '');
  return (joined === '' ? args[at + 1] : joined) ?? null;
};

interface Ports {
  source: string;
  server: string;
  see(pid: number, server: string): SeenProcess | null;
}

const pidOf = (name: string, { clients }: TmuxLog): number | null => {
  const own = /^client-(\d{1,10})$/.exec(name)?.[1];
  return own === undefined ? (clients.find((one) => one.name === name)?.pid ?? null) : Number(own);
};

const clientOf = (
  { client, user }: LogEntry,
  shows: string | null,
  log: TmuxLog,
  { see, server }: Ports,
): LoggedClient | null => {
  if (client === null) return null;
  const pid = pidOf(client, log);
  const seen = pid === null ? null : see(pid, server);
  return {
    ...{ name: named(client), pid, process: seen && isClient(seen.comm) ? seen : null },
    ...{ user: user === null ? null : named(user), shows: shows === null ? null : named(shows) },
  };
};

const factOf = (
  entry: LogEntry,
  client: LoggedClient | null,
  log: TmuxLog,
  { source, server }: Ports,
): LoggedCommand => {
  const at = minuteOf(entry, log);
  const args = withoutProgram(entry).map(said);
  const who = client
    ? `${client.name}${client.user === null ? '' : ` (${client.user})`}`
    : 'a hook';
  const how = entry.key === null ? '' : ` by the key ${named(entry.key)}`;
  return {
    ...{ kind: 'tmux-command', at, until: at + minuteMs - 1, source, server, client },
    ...{ key: entry.key === null ? null : named(entry.key), name: entry.name, args },
    text: said(`in that minute ${who} told tmux${how}: ${[entry.name, ...args].join(' ')}`),
  };
};

/** The commands in the log of a tmux server that took something away, in order. */
export const loggedCommands = (log: TmuxLog, ports: Ports): LoggedCommand[] => {
  const shown = new Map<string | null, string | null>();
  return readEntries(log.lines, log.clock)
    .toReversed()
    .flatMap((entry) => {
      const option = showing[entry.name];
      if (option !== undefined) shown.set(entry.client, wordAfter(entry.args, option));
      if (!takesAway(entry)) return [];
      const client = clientOf(entry, shown.get(entry.client) ?? null, log, ports);
      return [factOf(entry, client, log, ports)];
    });
};
