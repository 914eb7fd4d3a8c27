import type { BriefRow, ExitRecord } from '../../protocol/listing.ts';
import { type Head, isComplete, listingOf, paneId, sessionId, splitListing } from './listing.ts';

const briefFormat = '#{session_id} #{pane_id} #{pane_pid}';

/** Its commands: who is there, nothing else. */
export const briefListing = listingOf(briefFormat);

export interface BriefListing extends Head {
  rows: BriefRow[];
  exits: ExitRecord[];
}

/** Null when any line is not as asked for, or one is missing: then nobody can tell who is there. */
export const parseBrief = (output: string): BriefListing | null => {
  const parts = splitListing(output);
  if (!parts) return null;
  const rows: BriefRow[] = [];
  for (const line of parts.rows) {
    const [session = '', pane = '', pid = ''] = line.split(' ');
    if (!sessionId.test(session) || !paneId.test(pane) || !/^\d+$/.test(pid)) return null;
    rows.push([session, pane, Number(pid)]);
  }
  const ids = rows.map(([id]) => id);
  return isComplete(parts, ids) ? { ...parts, rows } : null;
};
