import type { ExitRecord } from '../../protocol/listing.ts';
import { exitsOption, headFormat } from './dialect.ts';
import { readExits } from './exits.ts';
import { newMark } from './mark.ts';

/** Stands between the exits and the panes: whoever is on the server may set the option to anything. */
export const panesMark = `panes ${newMark()}`;

/** The commands of a listing with a line of this format for each pane. */
export const listingOf = (format: string): string[][] => [
  ['display-message', '-p', headFormat],
  ['show-options', '-gqv', exitsOption],
  ['display-message', '-p', panesMark],
  ['list-panes', '-a', '-F', format],
];

/** Whose listing it is, and how much of it there must be. */
export interface Head {
  pid: number;
  sessions: number;
  /** The number of the next session: grows with each, so of two listings the greater is not the older. */
  nextSession: number;
  version: string;
}

export const sessionId = /^\$\d+$/;
export const paneId = /^%\d+$/;

const readHead = (line: string): Head | null => {
  const match = /^(\d+) (\d+) \$(\d+) (\S{1,40})$/.exec(line);
  if (!match) return null;
  const [, pid, sessions, next, version = ''] = match;
  return { pid: Number(pid), sessions: Number(sessions), nextSession: Number(next), version };
};

/** What is the same in both listings, and the lines of panes. */
interface Parts extends Head {
  exits: ExitRecord[];
  rows: string[];
}

/** Null: it is no listing of ours. */
export const splitListing = (output: string): Parts | null => {
  const lines = output.split('\n');
  const head = readHead(lines.shift() ?? '');
  if (!head) return null;
  const mark = lines.indexOf(panesMark);
  if (mark < 0) return null;
  const exits = readExits(lines.slice(0, mark).join('\n'), head.nextSession);
  return { ...head, exits, rows: lines.slice(mark + 1).filter((line) => line !== '') };
};

/** A listing with too few sessions was cut short: to believe it would be a mass of false deaths. */
export const isComplete = (head: Head, ids: Iterable<string>): boolean =>
  new Set(ids).size === head.sessions;
