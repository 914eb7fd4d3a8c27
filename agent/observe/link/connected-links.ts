import type { ConnectedLink } from './links.ts';

interface Connection {
  link: ConnectedLink;
  /** ms since the epoch. */
  since: number;
}

/**
 * The links that are connected: one per owner, the last to come.
 * @param firstOwner who owns what the configuration gives to nobody; null: whoever connected last
 */
export const createConnectedLinks = (firstOwner: () => string | null) => {
  const byOwner = new Map<string, Connection>();

  const serving = (owner: string | null): Connection | undefined => {
    const name = owner ?? firstOwner();
    return name === null ? [...byOwner.values()].at(-1) : byOwner.get(name);
  };

  return {
    all: (): ConnectedLink[] => [...byOwner.values()].map(({ link }) => link),
    add(link: ConnectedLink, since: number): void {
      byOwner.delete(link.owner);
      byOwner.set(link.owner, { link, since });
    },
    /** False for a link whose place another has taken: it is told apart by its connection, for pids come again. */
    remove(link: ConnectedLink): boolean {
      return byOwner.get(link.owner)?.link === link && byOwner.delete(link.owner);
    },
    /** Whose servers are `owner`'s; null: nobody's that is connected. */
    serving: (owner: string | null): ConnectedLink | null => serving(owner)?.link ?? null,
    /** Infinity while none is connected. */
    since: (owner: string | null): number => serving(owner)?.since ?? Number.POSITIVE_INFINITY,
  };
};
