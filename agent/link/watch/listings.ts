import type { Instance } from '../../model/events/server.ts';
import type { Notify } from '../notify.ts';
import { type BriefListing, parseBrief } from '../tmux/brief-listing.ts';
import { managedSettings } from '../tmux/dialect.ts';
import type { FullListing } from '../tmux/full-listing.ts';
import type { ReadyClient } from '../tmux/ready-client.ts';
import { type Listed, listBrief, listFull, listingMessage } from './ask-listing.ts';
import type { Look } from './look.ts';
import type { createPaneMap } from './pane-map.ts';
import type { Reachability } from './reachability.ts';
import { createResync } from './resync.ts';
import type { Troubles } from './troubles.ts';
import type { Place, Watched } from './watched.ts';

export interface ListingPorts {
  watched: Watched;
  panes: ReturnType<typeof createPaneMap>;
  reach: Reachability;
  troubles: Troubles;
  /** A listing did not come, or not as asked for. */
  doubt: Look['doubt'];
  notify: Notify;
  onNewPane(): void;
  /** A whole listing was told. */
  onListed(listing: FullListing): void;
}

/** Tells of a quick listing what it shows; gives true when that is something the last full one did not. */
const createTakeBrief =
  (
    server: string,
    { panes, notify, onNewPane }: Pick<ListingPorts, 'panes' | 'notify' | 'onNewPane'>,
  ) =>
  (listing: BriefListing, instance: Instance): boolean => {
    const { rows, exits } = listing;
    const { gone: missing, added, exited } = panes.compare(listing);
    // A session may have come and gone between two listings: only its exit tells of it.
    if (missing || exited) {
      notify('server.brief', { server, instance, at: Date.now(), rows, exits });
    }
    if (added) onNewPane();
    return missing || added;
  };

/** Lists the sessions of one server when there is reason to, and tells what the listings show. */
export const createListings = (
  { server, socket, managed }: Place,
  client: ReadyClient,
  { watched, panes, reach, troubles, doubt, notify, onNewPane, onListed }: ListingPorts,
) => {
  const takeBrief = createTakeBrief(server, { panes, notify, onNewPane });

  /** Null when it did not come, or when that server has ended meanwhile. */
  const taken = <T extends { pid: number }>(listed: Listed<T>) => {
    const { instance } = watched;
    if (listed.kind !== 'listed') {
      void doubt(listed.kind);
      return null;
    }
    return listed.listing.pid === instance?.pid ? { listing: listed.listing, instance } : null;
  };

  const resync = createResync({
    brief: async () => {
      const asked = watched.instance;
      const answer = asked && taken(await listBrief(client, asked));
      return answer ? takeBrief(answer.listing, answer.instance) : false;
    },
    full: async () => {
      const asked = watched.instance;
      const settings = managed ? managedSettings : [];
      const answer = asked && taken(await listFull(client, asked, settings));
      // Through a client that was connected before: whether the socket is back, only a knock at it tells.
      if (!answer || reach.obstacle === 'socket-lost') return;
      const { listing, instance } = answer;
      const rows = panes.replace(listing);
      reach.over();
      troubles.over('listing');
      notify('server.listing', listingMessage(server, socket, instance, listing, rows, Date.now()));
      onListed(listing);
    },
    failed: (cause) => troubles.report('listing', cause),
  });

  /**
   * The server told of a change with a quick listing, because that is what finds a death. It counts unless
   * another is under way, which may be older or younger. A new name is in the full one.
   */
  const changed = (printed: string): Promise<void> => {
    const { instance } = watched;
    const listing = parseBrief(printed);
    const counts = instance && resync.isIdle() && listing?.pid === instance.pid;
    if (counts && panes.isCurrent(listing)) takeBrief(listing, instance);
    else resync.notice({ full: false });
    resync.notice({ full: true });
    return resync.idle();
  };

  return { resync, changed };
};
