import type { StatusDocument } from '../../model/status/status.ts';
import type { UnitLine } from '../../model/status/unit-line.ts';
import { unitsServer } from '../../model/unit-state.ts';
import type { Context } from '../command.ts';
import { type CurrentStatus, currentStatus } from '../frame/current-status.ts';
import { namedSessions } from '../frame/named-sessions.ts';
import { jsonLine, printJson } from '../frame/print-json.ts';
import { overview } from '../view/overview.ts';
import { sessionPage } from '../view/session-page.ts';
import { unitPage } from '../view/unit-page.ts';

const namedUnits = ({ units = [] }: StatusDocument, wanted: string): UnitLine[] =>
  units.filter(({ name }) => name === wanted || `${unitsServer}:${name}` === wanted);

/** @throws Failure `unknown-session` */
const statusOf = (context: Context, { document, source }: CurrentStatus, name: string): void => {
  const { stdout, json } = context;
  const { unitsUnseen = null, writtenAt } = document;
  const now = context.now();
  const units = namedUnits(document, name);
  if (units.length > 0) {
    const lines = units.flatMap((unit) => unitPage(unit, unitsUnseen, now, stdout));
    if (json) printJson(stdout, { source, writtenAt, sessions: [], units });
    else for (const line of lines) stdout.line(line);
    return;
  }
  const sessions = namedSessions(document.sessions, name);
  if (json) printJson(stdout, { source, writtenAt, sessions });
  else for (const line of sessionPage(sessions, now, stdout)) stdout.line(line);
};

/** @throws Failure `unknown-session` */
export const status = async (context: Context, name: string | null): Promise<number> => {
  const current = await currentStatus(context);
  if (name !== null) statusOf(context, current, name);
  else if (context.json) {
    context.stdout.line(jsonLine({ ...current.document, source: current.source }));
  } else {
    for (const line of overview(current, context.now(), context.stdout)) context.stdout.line(line);
  }
  return current.exit;
};
