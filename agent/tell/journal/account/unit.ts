import type { UnitEvents } from '../../../model/events/unit.ts';
import type { Accounts } from './account.ts';
import { ofLife, ofNamed } from './home.ts';
import { seconds } from './seconds.ts';

export const unitAccounts: Accounts<UnitEvents> = {
  'unit.up': {
    sentence: ({ unit, pid }) => `Unit ${unit} runs${pid === null ? '' : `, pid ${pid}`}`,
    subject: ofLife,
  },
  'unit.ended': {
    sentence: ({ unit, how, ageMs, why }) => `Unit ${unit} ${how} after ${seconds(ageMs)}: ${why}`,
    subject: ({ death, ...data }) => ({
      ...{ ...ofLife(data), reason: data.result },
      ...(death ? { incident: death.incident } : {}),
    }),
  },
  'unit.failed': {
    sentence: ({ unit, why }) => `Unit ${unit} was given up by systemd: ${why}`,
    subject: (data) => ofNamed(data, data.result),
  },
};
