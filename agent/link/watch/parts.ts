import type { SessionGroups } from '../cgroup/session-groups.ts';
import type { Notify } from '../notify.ts';
import { createScreenFeed } from '../screen/screen-feed.ts';
import { createReadyClient } from '../tmux/ready-client.ts';
import type { Access } from './access.ts';
import { createConfirmEnd, type EndPorts } from './confirm-end.ts';
import { createHold, type Hold } from './hold.ts';
import { createLimiting } from './limiting.ts';
import { createListings } from './listings.ts';
import { createLook, type Look } from './look.ts';
import { createLosses } from './losses.ts';
import { createPaneMap } from './pane-map.ts';
import { createReachability } from './reachability.ts';
import { createTroubles } from './troubles.ts';
import type { Place, Watched } from './watched.ts';

/** A listing and screens come with every so many looks that find all well. */
const slowLooks = 5;

/** What is told of one server, and what of it has been told already. */
const createReports = ({ server, socket }: Place, watched: Watched, notify: Notify) => {
  /** A listing under way when the watch ends is of a server that has its name no more. */
  const say: Notify = (method, params) => {
    if (!watched.isClosed) notify(method, params);
  };
  const troubles = createTroubles(
    (what, message) => say('link.trouble', { server, what, message }),
    (what) => say('link.trouble_over', { server, what }),
  );
  const reach = createReachability((why, processState) => {
    const { instance } = watched;
    say('server.unreachable', { server, instance, why, processState, socket, at: Date.now() });
  });
  return { say, troubles, reach };
};

/** Before its first listing the server is ready for sessions: their first instruction is in their cgroup. */
const preparing = (access: Access, watched: Watched, groups: SessionGroups | null): Access => ({
  ...access,
  applySettings: async (path) => {
    await access.applySettings(path);
    if (watched.instance) await groups?.prepare(watched.instance);
  },
});

/** All that keeps an eye on one server, put together. Nothing happens before something is asked of it. */
export const createParts = (
  place: Place,
  notify: Notify,
  access: Access,
  groups: SessionGroups | null,
) => {
  const { server, socket } = place;
  const watched: Watched = { instance: null, isDoubted: false, isClosed: false };
  const { say, troubles, reach } = createReports(place, watched, notify);
  let looks = 0;
  // One each: a hung server must not keep the others waiting.
  const client = createReadyClient(socket);
  const panes = createPaneMap();
  const screens = createScreenFeed(socket, panes.panes, (captured) =>
    say('screens', { server, screens: captured }),
  );

  const limiting = groups && createLimiting(groups, watched, troubles);
  const { resync, changed } = createListings(place, client, {
    watched,
    panes,
    reach,
    troubles,
    doubt: (answer) => look.doubt(answer),
    notify: say,
    onNewPane: screens.refreshSoon,
    onListed: (listing) => limiting?.arrange(listing),
  });
  const hold: Hold = createHold(place, client, {
    end: () => {
      confirmEnd.run('').catch((cause: unknown) => troubles.report('look', cause));
    },
    change: changed,
  });
  const gone: EndPorts['gone'] = (instance, how, text) => {
    say('server.gone', { server, instance, how, text, at: Date.now() });
    watched.instance = null;
    reach.over();
    hold.letGo();
  };
  const losses = createLosses(troubles);
  const confirmEnd = createConfirmEnd(watched, hold, { gone, lost: losses.lost }, access);
  const onFound = (): void => resync.notice({ full: true });
  const onWell = async (): Promise<void> => {
    losses.over();
    looks += 1;
    if (looks % slowLooks !== 0) return;
    resync.notice({ full: true });
    await resync.idle();
    await screens.refresh();
  };
  const look: Look = createLook(
    place,
    { watched, reach, troubles, hold, confirmEnd, onFound, onWell },
    preparing(access, watched, groups),
  );
  return { watched, troubles, reach, panes, screens, resync, hold, look, limiting };
};

export type Parts = ReturnType<typeof createParts>;
