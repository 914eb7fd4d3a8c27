import type { HealthEvents } from '../../../model/events/health.ts';
import type { Accounts } from './account.ts';
import { homeText, ofLife } from './home.ts';

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const healthAccounts: Accounts<HealthEvents> = {
  'health.changed': {
    sentence: (data) =>
      `${capital(homeText(data))} is ${data.to}${data.check === null ? '' : ` by its check ${data.check}`}: ${data.reason}`,
    subject: (data) => ({ ...ofLife(data), reason: data.reason }),
  },
};
