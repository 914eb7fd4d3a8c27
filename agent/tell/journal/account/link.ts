import type { LinkEvents } from '../../../model/events/link.ts';
import type { Accounts } from './account.ts';

const subject = ({ owner }: { owner: string }) => ({ owner });

export const linkAccounts: Accounts<LinkEvents> = {
  'link.connected': { sentence: ({ owner }) => `The link of ${owner} connected`, subject },
  'link.lost': {
    sentence: ({ owner, reason }) => `The link of ${owner} is lost: ${reason}`,
    subject,
  },
};
