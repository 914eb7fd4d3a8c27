import type { LinkNotifications } from '../../protocol/link.ts';
import type { PaneRow } from '../../protocol/listing.ts';
import { createScreens } from './capture.ts';

/** A new session's screen is captured this soon, once its program has printed something, ms. */
const youngMs = 300;

/** Tells the agent the screens of one server's panes: now and then, and soon after a session began. */
export const createScreenFeed = (
  socket: string,
  panes: () => PaneRow[],
  tell: (screens: LinkNotifications['screens']['screens']) => void,
) => {
  const screens = createScreens();
  let soon: NodeJS.Timeout | null = null;

  const refresh = async (): Promise<void> => {
    // A server that does not answer is somebody else's finding.
    await screens.refresh(socket, panes(), Date.now, tell).catch(() => undefined);
  };

  return {
    refresh,
    /** A session that ends within seconds has a last screen too. */
    refreshSoon(): void {
      soon ??= setTimeout(() => {
        soon = null;
        void refresh();
      }, youngMs);
    },
    /** A new agent has no screens: tell everything again. */
    repeat: screens.forget,
    close(): void {
      if (soon) clearTimeout(soon);
    },
  };
};
