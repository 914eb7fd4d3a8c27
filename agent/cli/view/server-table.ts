import type { ServerStatus } from '../../model/state.ts';
import type { ServerStatusLine } from '../../model/status/server-status.ts';
import { printable } from '../../model/text/printable.ts';
import { size } from '../../model/text/quantity.ts';
import type { Style, Terminal } from '../frame/terminal.ts';
import { type Cell, type Column, table } from './table.ts';
import { shortDuration } from './time.ts';

const columns: readonly Column[] = [
  { title: 'SERVER', least: 6 },
  { title: 'KIND', optional: 1 },
  { title: 'STATE' },
  { title: 'SINCE', align: 'right', optional: 2 },
  { title: 'SESSIONS', align: 'right' },
  { title: 'MEM', align: 'right', optional: 3 },
  { title: 'TMUX', optional: 4 },
  { title: 'SOCKET', least: 12, optional: 5 },
];

const styles: Readonly<Record<ServerStatus, Style>> = {
  alive: 'green',
  absent: 'dim',
  unknown: 'yellow',
  hung: 'red',
  'socket-lost': 'yellow',
  dead: 'red',
};

const rowOf = (server: ServerStatusLine, now: number): Cell[] => [
  { text: printable(server.server), style: 'bold' },
  { text: server.managed ? 'managed' : 'adopted' },
  { text: printable(server.status), style: styles[server.status] ?? null },
  { text: shortDuration(now - server.since) },
  { text: String(server.sessions) },
  { text: server.pid === null ? '' : size(server.rssBytes) },
  { text: printable(server.version) },
  { text: printable(server.socket), style: 'dim' },
];

export const serverTable = (
  servers: readonly ServerStatusLine[],
  now: number,
  terminal: Terminal,
): string[] =>
  table(
    columns,
    servers.map((server) => rowOf(server, now)),
    terminal,
  );
