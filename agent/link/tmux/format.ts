import { basename } from 'node:path';
import { decodeDeclared } from '../../model/declared-name.ts';
import type {
  BriefRow,
  EndingOptions,
  ExitRecord,
  PaneRow,
  SessionRow,
} from '../../protocol/link.ts';
import { declaredFormat, endingOptionsFormat, exitsOption, headFormat } from './dialect.ts';
import { readExits } from './exits.ts';
import { newMark } from './mark.ts';

const briefFormat = '#{session_id} #{pane_id} #{pane_pid}';

/** tmux escapes control characters in session names, so a tab separates safely. The name stands last. */
const fullFormat = [
  '#{session_id}',
  '#{pane_id}',
  '#{pane_pid}',
  '#{session_created}',
  '#{session_attached}',
  '#{window_activity}',
  '#{history_size}',
  '#{?pane_start_command,0,1}',
  '#{?session_grouped,1,0}',
  '#{pane_tty}',
  endingOptionsFormat,
  declaredFormat,
  '#{session_name}',
].join('\t');

/** Stands between the exits and the panes: whoever is on the server may set the option to anything. */
export const panesMark = `panes ${newMark()}`;

const listing = (format: string): string[][] => [
  ['display-message', '-p', headFormat],
  ['show-options', '-gqv', exitsOption],
  ['display-message', '-p', panesMark],
  ['list-panes', '-a', '-F', format],
];

/** The commands of the two listings. */
export const briefListing = listing(briefFormat);
export const fullListing = listing(fullFormat);

export interface Head {
  pid: number;
  sessions: number;
  /** The number of the next session: grows with each, so of two listings the greater is not the older. */
  nextSession: number;
  version: string;
}

export interface BriefListing extends Head {
  rows: BriefRow[];
  exits: ExitRecord[];
}

export interface FullListing extends Head {
  rows: SessionRow[];
  panes: Omit<PaneRow, 'startTime'>[];
  /** Pseudo-terminals of the panes, as they are called in /dev/pts. */
  terminals: Set<string>;
  exits: ExitRecord[];
}

const sessionId = /^\$\d+$/;
const paneId = /^%\d+$/;

const readHead = (line: string): Head | null => {
  const match = /^(\d+) (\d+) \$(\d+) (\S{1,40})$/.exec(line);
  if (!match) return null;
  const [, pid, sessions, next, version = ''] = match;
  return { pid: Number(pid), sessions: Number(sessions), nextSession: Number(next), version };
};

interface Parts extends Head {
  exits: ExitRecord[];
  rows: string[];
}

const split = (output: string): Parts | null => {
  const lines = output.split('\n');
  const head = readHead(lines.shift() ?? '');
  if (!head) return null;
  const mark = lines.indexOf(panesMark);
  if (mark < 0) return null;
  const exits = readExits(lines.slice(0, mark).join('\n'), head.nextSession);
  return { ...head, exits, rows: lines.slice(mark + 1).filter((line) => line !== '') };
};

/** A listing with too few sessions was cut short: to believe it would be a mass of false deaths. */
const complete = (head: Head, ids: Iterable<string>): boolean =>
  new Set(ids).size === head.sessions;

/** Null when any line is not as asked for, or one is missing: then nobody can tell who is there. */
export const parseBrief = (output: string): BriefListing | null => {
  const parts = split(output);
  if (!parts) return null;
  const rows: BriefRow[] = [];
  for (const line of parts.rows) {
    const [session = '', pane = '', pid = ''] = line.split(' ');
    if (!sessionId.test(session) || !paneId.test(pane) || !/^\d+$/.test(pid)) return null;
    rows.push([session, pane, Number(pid)]);
  }
  const ids = rows.map(([id]) => id);
  return complete(parts, ids) ? { ...parts, rows } : null;
};

interface Row {
  session: SessionRow;
  pane: Omit<PaneRow, 'startTime'>;
  terminal: string;
}

/** Before 3.4 all three were flags. Null: this tmux does not have them all. */
const readOptions = (text: string): EndingOptions | null => {
  const [, value = '', exitUnattached, exitEmpty] =
    /^([01]|off|on|keep-last|keep-group),([01]),([01])$/.exec(text) ?? [];
  if (value === '') return null;
  const destroyUnattached = { 0: 'off', 1: 'on' }[value] ?? value;
  return {
    destroyUnattached,
    exitUnattached: exitUnattached === '1',
    exitEmpty: exitEmpty === '1',
  };
};

const readRow = (line: string): Row | null => {
  const fields = line.split('\t');
  if (fields.length < 13) return null;
  const [id = '', pane = '', pid, created, attached, activity, history, shell, group, ...rest] =
    fields;
  const [tty = '', ending = '', mark = '', ...name] = rest;
  const numbers = [pid, created, attached, activity, history].map(Number);
  if (!sessionId.test(id) || !paneId.test(pane) || !numbers.every(Number.isInteger)) return null;
  const options = readOptions(ending);
  return {
    session: {
      tmuxId: id,
      name: name.join('\t'),
      declared: decodeDeclared(mark),
      createdAt: Number(created) * 1000,
      group: group === '1' ? 'grouped' : '',
      attached: Number(attached),
      ...(options ? { options } : {}),
    },
    pane: {
      id: pane,
      tmuxId: id,
      pid: Number(pid),
      activityAt: Number(activity) * 1000,
      historyLines: Number(history),
      shell: shell === '1',
    },
    terminal: basename(tty),
  };
};

/** Null as for `parseBrief`. */
export const parseFull = (output: string): FullListing | null => {
  const parts = split(output);
  if (!parts) return null;
  const sessions = new Map<string, SessionRow>();
  const panes: Omit<PaneRow, 'startTime'>[] = [];
  const terminals = new Set<string>();
  for (const line of parts.rows) {
    const row = readRow(line);
    if (!row) return null;
    sessions.set(row.session.tmuxId, row.session);
    panes.push(row.pane);
    terminals.add(row.terminal);
  }
  if (!complete(parts, sessions.keys())) return null;
  return { ...parts, rows: [...sessions.values()], panes, terminals };
};
