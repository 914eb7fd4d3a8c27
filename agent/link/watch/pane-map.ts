import { processStat } from '../../os/process-stat.ts';
import type { ExitRecord, PaneRow } from '../../protocol/listing.ts';
import type { BriefListing } from '../tmux/brief-listing.ts';
import type { FullListing } from '../tmux/full-listing.ts';

/** Pane ids are never used twice by one server. */
const newestExit = ({ exits }: { exits: readonly ExitRecord[] }): string =>
  exits.at(-1)?.pane ?? '';

/** The pane map: which pane is which process. A start time is read once, when the pane is first seen. */
export const createPaneMap = () => {
  let known = new Map<string, PaneRow>();
  let terminals = new Set<string>();
  let lastExit = '';
  let nextSession = 0;
  const key = (tmuxId: string, pane: string, pid: number): string => `${tmuxId} ${pane} ${pid}`;

  return {
    /** Takes a full listing as the truth; returns its rows with start times. */
    replace(listing: FullListing): PaneRow[] {
      const rows = listing.panes.map((pane) => {
        const same = known.get(key(pane.tmuxId, pane.id, pane.pid));
        return { ...pane, startTime: same?.startTime ?? processStat(pane.pid)?.startTime ?? 0 };
      });
      known = new Map(rows.map((row) => [key(row.tmuxId, row.id, row.pid), row]));
      terminals = listing.terminals;
      nextSession = listing.nextSession;
      lastExit = newestExit(listing);
      return rows;
    },
    /** How a quick listing differs from the last full one. */
    compare(brief: BriefListing): { gone: boolean; added: boolean; exited: boolean } {
      const { rows } = brief;
      const exited = newestExit(brief) !== lastExit;
      lastExit = newestExit(brief);
      const present = new Set(rows.map((row) => key(...row)));
      const gone = [...known.keys()].some((entry) => !present.has(entry));
      return { gone, exited, added: rows.some((row) => !known.has(key(...row))) };
    },
    /** False when sessions were made since that the listing cannot know: it would end them. */
    isCurrent: (brief: BriefListing): boolean => brief.nextSession >= nextSession,
    panes: (): PaneRow[] => [...known.values()],
    /** Whether a pane had this pseudo-terminal at the last full listing. */
    hasTerminal: (name: string): boolean => terminals.has(name),
  };
};
