import type { KindName } from '../../agent/tell/journal/kinds.ts';
import { actionExplanations } from './explanation/action.ts';
import { agentExplanations } from './explanation/agent.ts';
import { alertExplanations } from './explanation/alert.ts';
import { botExplanations } from './explanation/bot.ts';
import type { Explanation } from './explanation/explanation.ts';
import { forecastExplanations } from './explanation/forecast.ts';
import { healthExplanations } from './explanation/health.ts';
import { incidentExplanations } from './explanation/incident.ts';
import { linkExplanations } from './explanation/link.ts';
import { logExplanations } from './explanation/log.ts';
import { refreshExplanations } from './explanation/refresh.ts';
import { serverExplanations } from './explanation/server.ts';
import { sessionExplanations } from './explanation/session.ts';
import { unitExplanations } from './explanation/unit.ts';

/**
 * What each kind of entry means. `@FIELD@` is replaced by the journal with the value of that field, which strangers
 * may have named: never in a command to copy, but for the number of an incident.
 */
export const explanations: Readonly<Record<KindName, Explanation>> = {
  ...agentExplanations,
  ...linkExplanations,
  ...serverExplanations,
  ...sessionExplanations,
  ...healthExplanations,
  ...incidentExplanations,
  ...actionExplanations,
  ...alertExplanations,
  ...forecastExplanations,
  ...botExplanations,
  ...refreshExplanations,
  ...unitExplanations,
  ...logExplanations,
};
