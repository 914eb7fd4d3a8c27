import { describeIncident } from '../../model/status/describe-incident.ts';
import type { IncidentSummary } from '../../model/status/incident-summary.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { type CurrentStatus, currentStatus } from '../frame/current-status.ts';
import { exitCode, isUnavailable } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import { readCount } from '../frame/read-value.ts';
import { incidentTable } from '../view/incident-table.ts';

interface Found {
  source: CurrentStatus['source'];
  exit: number;
  incidents: IncidentSummary[];
}

const find = async (context: Context, limit: number): Promise<Found> => {
  try {
    const { incidents } = await withAgent(context, (client) => client.call('incidents', { limit }));
    return { source: 'agent', exit: exitCode.ok, incidents: incidents.map(describeIncident) };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    const { document, source, exit } = await currentStatus(context);
    return { source, exit, incidents: document.incidents };
  }
};

export const incidents = async (
  context: Context,
  { limit }: { limit: string | undefined },
): Promise<number> => {
  const most = readCount('--limit', limit ?? '20');
  const found = await find(context, most);
  const newest = found.incidents.sort((a, b) => b.at - a.at).slice(0, most);
  const { stdout } = context;
  if (context.json) printJson(stdout, { source: found.source, incidents: newest });
  else if (newest.length === 0) stdout.line('no incidents');
  else for (const line of incidentTable(newest, context.now(), stdout)) stdout.line(line);
  return found.exit;
};
