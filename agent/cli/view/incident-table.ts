import type { IncidentSummary } from '../../model/status/incident-summary.ts';
import { nameList } from '../../model/text/cause-text.ts';
import { printable } from '../../model/text/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { type Cell, type Column, table } from './table.ts';
import { ago } from './time.ts';

const columns: readonly Column[] = [
  { title: 'WHEN', align: 'right' },
  { title: 'INCIDENT', least: 8 },
  { title: 'SESSIONS', least: 10 },
  { title: 'CAUSE', least: 7, optional: 1 },
  { title: 'SUMMARY', least: 20 },
];

const causeOf = ({ cause, confidence }: IncidentSummary): string => {
  if (cause === '') return 'not yet known';
  return confidence === 'certain' || confidence === '' ? cause : `${cause} (${confidence})`;
};

const rowOf = (incident: IncidentSummary, now: number): Cell[] => [
  { text: ago(incident.at, now), style: 'dim' },
  { text: printable(incident.incident), style: 'dim' },
  { text: nameList(incident.sessions), style: 'bold' },
  { text: printable(causeOf(incident)), style: 'yellow' },
  { text: printable(incident.summary) },
];

/** Incidents, newest first. */
export const incidentTable = (
  incidents: readonly IncidentSummary[],
  now: number,
  terminal: Terminal,
): string[] =>
  table(
    columns,
    [...incidents].sort((a, b) => b.at - a.at).map((incident) => rowOf(incident, now)),
    terminal,
  );
