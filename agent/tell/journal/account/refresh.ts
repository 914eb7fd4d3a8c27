import type { RefreshEvents } from '../../../model/events/refresh.ts';
import type { Accounts } from './account.ts';
import { homeText, ofLife, ofNamed } from './home.ts';
import { seconds } from './seconds.ts';

export const refreshAccounts: Accounts<RefreshEvents> = {
  'refresh.done': {
    sentence: (data) => `The login of ${homeText(data)} was renewed in ${seconds(data.tookMs)}`,
    subject: ofLife,
  },
  'refresh.failed': {
    sentence: (data) =>
      `The login of ${homeText(data)} was not renewed: ${data.message} (${data.code})`,
    subject: (data) => ofNamed(data, data.code),
  },
  'refresh.held': {
    sentence: (data) =>
      data.reason === 'gave-up'
        ? `Holdfast gave up on renewing the login of ${homeText(data)}`
        : `The login of ${homeText(data)} cannot be renewed without a person`,
    subject: (data) => ofNamed(data, data.reason),
  },
};
