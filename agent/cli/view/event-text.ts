import type { Catalogue, Event } from '../../model/event.ts';
import { actionTexts } from './event-text/action.ts';
import { agentTexts } from './event-text/agent.ts';
import { alertTexts } from './event-text/alert.ts';
import { botTexts } from './event-text/bot.ts';
import { forecastTexts } from './event-text/forecast.ts';
import { healthTexts } from './event-text/health.ts';
import { incidentTexts } from './event-text/incident.ts';
import { linkTexts } from './event-text/link.ts';
import { logTexts } from './event-text/log.ts';
import { refreshTexts } from './event-text/refresh.ts';
import { serverTexts } from './event-text/server.ts';
import { sessionTexts } from './event-text/session.ts';
import type { Texts } from './event-text/texts.ts';
import { unitTexts } from './event-text/unit.ts';

const texts: Texts<Catalogue> = {
  ...agentTexts,
  ...linkTexts,
  ...serverTexts,
  ...sessionTexts,
  ...healthTexts,
  ...incidentTexts,
  ...actionTexts,
  ...alertTexts,
  ...forecastTexts,
  ...botTexts,
  ...refreshTexts,
  ...unitTexts,
  ...logTexts,
};

/** What an event says, in a few words; not yet made printable. A type of a newer release says its data. */
export const eventText = (event: Event): string => {
  const known = Object.hasOwn(texts, event.type) ? texts[event.type] : undefined;
  return known ? (known as (data: unknown) => string)(event.data) : JSON.stringify(event.data);
};
