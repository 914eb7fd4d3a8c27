import type { LinkEvents } from '../../../model/events/link.ts';
import type { Texts } from './texts.ts';

export const linkTexts: Texts<LinkEvents> = {
  'link.connected': ({ owner, tmux }) => `link of ${owner} connected, ${tmux}`,
  'link.lost': ({ owner, reason }) => `link of ${owner} lost: ${reason}`,
};
