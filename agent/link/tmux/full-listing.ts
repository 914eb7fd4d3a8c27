import { basename } from 'node:path';
import { decodeDeclared } from '../../model/declared-name.ts';
import type { EndingOptions, ExitRecord, PaneRow, SessionRow } from '../../protocol/listing.ts';
import { declaredFormat, endingOptionsFormat } from './dialect.ts';
import { type Head, isComplete, listingOf, paneId, sessionId, splitListing } from './listing.ts';

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

/** Its commands: everything about sessions and panes. */
export const fullListing = listingOf(fullFormat);

export interface FullListing extends Head {
  rows: SessionRow[];
  panes: Omit<PaneRow, 'startTime'>[];
  /** Pseudo-terminals of the panes, as they are called in /dev/pts. */
  terminals: Set<string>;
  exits: ExitRecord[];
}

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
  const parts = splitListing(output);
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
  if (!isComplete(parts, sessions.keys())) return null;
  return { ...parts, rows: [...sessions.values()], panes, terminals };
};
