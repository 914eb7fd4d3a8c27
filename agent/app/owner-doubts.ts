import { ownerDoubt } from '../model/owners.ts';
import type { State } from '../model/state.ts';

/** Warns of servers that may be with the wrong owner: once, and again when it comes back. */
export const createOwnerDoubts = (state: () => State, warn: (text: string) => void) => {
  let told = new Set<string>();
  return (): void => {
    const known = state();
    const texts = Object.values(known.servers).flatMap((server) => {
      const doubt = ownerDoubt(known, server);
      return doubt === null
        ? []
        : [`server ${server.server}: ${doubt}; name it in servers.${server.server}.owner`];
    });
    for (const text of texts) if (!told.has(text)) warn(text);
    told = new Set(texts);
  };
};
