import type { LinkEvents } from '../events/link.ts';
import type { Handlers } from './handler.ts';

export const linkHandlers: Handlers<LinkEvents> = {
  'link.connected': (draft, { at, data }) => {
    const { owner, ...link } = data;
    draft.links[owner] = { ...link, connected: true, since: at };
    return undefined;
  },

  'link.lost': (draft, { at, data }) => {
    const link = draft.links[data.owner];
    if (!link?.connected || link.pid !== data.pid) return 'unknown-link';
    draft.links[data.owner] = { ...link, connected: false, since: at };
    return undefined;
  },
};
