import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import { currentStatus } from '../frame/current-status.ts';
import { printJson } from '../frame/print-json.ts';
import { sessionTable } from '../view/session-table.ts';

export const sessions = async (
  context: Context,
  { names, units }: { names: boolean; units: boolean },
): Promise<number> => {
  const { document, source, exit } = await currentStatus(context);
  const { stdout } = context;
  if (context.json) {
    const { writtenAt } = document;
    printJson(stdout, { source, writtenAt, sessions: document.sessions });
  } else if (names) {
    for (const { session } of document.sessions) stdout.line(printable(session));
    for (const { name } of units ? (document.units ?? []) : []) stdout.line(printable(name));
  } else if (document.sessions.length === 0) {
    stdout.line('no sessions');
  } else {
    const lines = sessionTable(document.sessions, Infinity, context.now(), stdout);
    for (const line of lines) stdout.line(line);
  }
  return exit;
};
