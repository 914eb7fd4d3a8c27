import type { Catalogue, EventType } from '../../model/event.ts';
import type { Account, Accounts, Notable } from './account/account.ts';
import { actionAccounts } from './account/action.ts';
import { agentAccounts } from './account/agent.ts';
import { alertAccounts } from './account/alert.ts';
import { botAccounts } from './account/bot.ts';
import { forecastAccounts } from './account/forecast.ts';
import { healthAccounts } from './account/health.ts';
import { incidentAccounts } from './account/incident.ts';
import { linkAccounts } from './account/link.ts';
import { logAccounts } from './account/log.ts';
import { refreshAccounts } from './account/refresh.ts';
import { serverAccounts } from './account/server.ts';
import { sessionAccounts } from './account/session.ts';
import { unitAccounts } from './account/unit.ts';

const accounts: Accounts<Catalogue> = {
  ...agentAccounts,
  ...linkAccounts,
  ...serverAccounts,
  ...sessionAccounts,
  ...healthAccounts,
  ...incidentAccounts,
  ...actionAccounts,
  ...alertAccounts,
  ...forecastAccounts,
  ...botAccounts,
  ...refreshAccounts,
  ...unitAccounts,
  ...logAccounts,
};

/** Of a type that has a kind of entry. */
export const accountOf = (type: EventType): Account<EventType> =>
  accounts[type as Notable] as Account<EventType>;
