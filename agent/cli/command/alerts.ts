import { alertTable, byNeed } from '../alerts/alert-table.ts';
import type { Context } from '../command.ts';
import { exitCode } from '../frame/exit.ts';
import { withNotifier } from '../frame/notifier.ts';
import { printJson } from '../frame/print-json.ts';
import { readCount } from '../frame/read-value.ts';

/** More is not told at once. */
const most = 200;

export const alerts = async (
  context: Context,
  values: { limit: string | undefined },
): Promise<number> => {
  const limit = Math.min(most, readCount('--limit', values.limit ?? '20'));
  const found = await withNotifier(context, (client) => client.call('alerts.list', { limit }));
  const lines = found.alerts.sort(byNeed).slice(0, limit);
  const { stdout } = context;
  if (context.json) printJson(stdout, { alerts: lines });
  else if (lines.length === 0) stdout.line('no alerts');
  else for (const line of alertTable(lines, context.now(), stdout)) stdout.line(line);
  return exitCode.ok;
};
