import type { IncidentEvents } from '../../../model/events/incident.ts';
import { nameList } from '../../../model/text/cause-text.ts';
import type { Texts } from './texts.ts';

export const incidentTexts: Texts<IncidentEvents> = {
  'incident.opened': ({ incident, sessions }) => `incident ${incident}: ${nameList(sessions)}`,
  'incident.grew': ({ incident, sessions }) => `incident ${incident} also: ${nameList(sessions)}`,
  'verdict.reached': ({ incident, verdict, confirms }) =>
    confirms
      ? `incident ${incident}: ${verdict.cause}, ${verdict.confidence}, as before; more evidence is known`
      : `incident ${incident}: ${verdict.cause}, ${verdict.confidence}: ${verdict.summary}`,
};
