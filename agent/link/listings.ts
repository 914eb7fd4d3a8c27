import type { Instance } from '../model/events/server.ts';
import { type Listed, listBrief, listFull, listingMessage } from './listing.ts';
import type { createPaneMap } from './pane-map.ts';
import { createResync } from './resync.ts';
import type { Tell } from './tell.ts';
import { managedSettings } from './tmux/dialect.ts';
import { type BriefListing, parseBrief } from './tmux/format.ts';
import type { ReadyClient } from './tmux/ready-client.ts';
import type { createTrouble } from './trouble.ts';

export interface ListingPorts {
  panes: ReturnType<typeof createPaneMap>;
  trouble: ReturnType<typeof createTrouble>;
  /** Null while no server is known. */
  instance(): Instance | null;
  /** A listing did not come, or not as asked for. */
  doubt(listed: Listed<unknown>): void;
  tell: Tell;
  onNewPane(): void;
}

/** Lists the sessions of one server when there is reason to, and tells what the listings show. */
export const createListings = (
  { server, socket, managed }: { server: string; socket: string; managed: boolean },
  client: ReadyClient,
  { panes, trouble, instance, doubt, tell, onNewPane }: ListingPorts,
) => {
  /** Tells of a quick listing what it shows; true when that is something the last full one did not. */
  const takeBrief = (listing: BriefListing, of: Instance): boolean => {
    const { rows, exits } = listing;
    const { gone: missing, added, exited } = panes.compare(listing);
    // A session may have come and gone between two listings: only its exit tells of it.
    if (missing || exited) {
      tell('server.brief', { server, instance: of, at: Date.now(), rows, exits });
    }
    if (added) onNewPane();
    return missing || added;
  };

  /** Null when it did not come, or when that server has ended meanwhile. */
  const taken = <T extends { pid: number }>(listed: Listed<T>) => {
    const of = instance();
    if (listed.kind !== 'listed') doubt(listed);
    return of && listed.kind === 'listed' && listed.listing.pid === of.pid
      ? { listing: listed.listing, of }
      : null;
  };

  const resync = createResync({
    brief: async () => {
      const asked = instance();
      const answer = asked && taken(await listBrief(client, asked));
      return answer ? takeBrief(answer.listing, answer.of) : false;
    },
    full: async () => {
      const asked = instance();
      const settings = managed ? managedSettings : [];
      const answer = asked && taken(await listFull(client, asked, settings));
      // Through a client that was connected before: whether the socket is back, only a knock at it tells.
      if (!answer || trouble.current === 'socket-lost') return;
      trouble.over();
      const { listing, of } = answer;
      const rows = panes.replace(listing);
      tell('server.listing', listingMessage(server, socket, of, listing, rows, Date.now()));
    },
  });

  /**
   * The server told of a change with a quick listing, because that is what finds a death. It counts unless
   * another is under way, which may be older or younger. A new name is in the full one.
   */
  const changed = (printed: string): Promise<void> => {
    const of = instance();
    const listing = parseBrief(printed);
    const counts = of && resync.isIdle() && listing?.pid === of.pid;
    if (counts && panes.isCurrent(listing)) takeBrief(listing, of);
    else resync.notice({ full: false });
    resync.notice({ full: true });
    return resync.idle();
  };

  return { resync, changed };
};
