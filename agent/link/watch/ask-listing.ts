import type { Instance } from '../../model/events/server.ts';
import { Failure } from '../../model/failure.ts';
import type { LinkNotifications } from '../../protocol/link.ts';
import type { PaneRow } from '../../protocol/listing.ts';
import { type BriefListing, briefListing, parseBrief } from '../tmux/brief-listing.ts';
import { type FullListing, fullListing, parseFull } from '../tmux/full-listing.ts';
import type { Head } from '../tmux/listing.ts';
import type { ReadyClient } from '../tmux/ready-client.ts';

/** `strange`: an answer, and not a listing; `foreign`: another server's. Then nobody can tell who is there. */
export type Listed<T> = { kind: 'listed'; listing: T } | { kind: 'silent' | 'strange' | 'foreign' };

const list = async <T extends Head>(
  client: ReadyClient,
  instance: Instance,
  commands: readonly (readonly string[])[],
  parse: (text: string) => T | null,
): Promise<Listed<T>> => {
  try {
    const listing = parse(await client.run(commands));
    if (!listing) return { kind: 'strange' };
    return listing.pid === instance.pid ? { kind: 'listed', listing } : { kind: 'foreign' };
  } catch (cause) {
    if (cause instanceof Failure && cause.code === 'tmux-timeout') return { kind: 'silent' };
    // It was not asked.
    throw cause;
  }
};

/** @throws where nobody could be asked */
export const listBrief = (client: ReadyClient, instance: Instance): Promise<Listed<BriefListing>> =>
  list(client, instance, briefListing, parseBrief);

/**
 * @param settings commands that print nothing: what a managed server must have, should someone have removed it
 * @throws where nobody could be asked
 */
export const listFull = (
  client: ReadyClient,
  instance: Instance,
  settings: readonly (readonly string[])[],
): Promise<Listed<FullListing>> => list(client, instance, [...settings, ...fullListing], parseFull);

export const listingMessage = (
  server: string,
  socket: string,
  instance: Instance,
  listing: FullListing,
  panes: PaneRow[],
  at: number,
): LinkNotifications['server.listing'] => ({
  server,
  instance,
  socket,
  version: listing.version,
  at,
  sessions: listing.rows,
  panes,
  exits: listing.exits,
});
