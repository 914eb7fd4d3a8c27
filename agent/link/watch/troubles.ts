import { messageOf } from '../../model/failure.ts';
import type { LinkNotifications } from '../../protocol/link.ts';

type What = LinkNotifications['link.trouble']['what'];

const maxMessage = 300;

/** What the link itself cannot do for a server, each told once until it succeeds again. */
export interface Troubles {
  report(what: What, cause: unknown): void;
  over(what: What): void;
  /** A new agent knows nothing: tell everything again. */
  forget(): void;
}

export const createTroubles = (
  tell: (what: What, message: string) => void,
  tellOver: (what: What) => void,
): Troubles => {
  const told = new Set<What>();
  return {
    report(what, cause) {
      if (told.has(what)) return;
      told.add(what);
      tell(what, messageOf(cause).slice(0, maxMessage));
    },
    over(what) {
      if (told.delete(what)) tellOver(what);
    },
    forget: () => told.clear(),
  };
};
