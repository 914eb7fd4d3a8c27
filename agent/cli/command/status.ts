import type { Context } from '../command.ts';
import { currentStatus } from '../frame/current-status.ts';
import { jsonLine } from '../frame/print-json.ts';
import { overview } from '../view/overview.ts';

export const status = async (context: Context): Promise<number> => {
  const current = await currentStatus(context);
  if (context.json) {
    context.stdout.line(jsonLine({ ...current.document, source: current.source }));
  } else {
    for (const line of overview(current, context.now(), context.stdout)) context.stdout.line(line);
  }
  return current.exit;
};
