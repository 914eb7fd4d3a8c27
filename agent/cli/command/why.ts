import { Failure } from '../../model/failure.ts';
import type { IncidentReport } from '../../protocol/agent.ts';
import type { Client } from '../../protocol/client.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { findIncident } from '../frame/find-incident.ts';
import { printJson } from '../frame/print-json.ts';
import { whyDocument } from '../why/document.ts';
import { deathsIn } from '../why/focus.ts';
import { fullPage } from '../why/full-page.ts';
import { whyPage } from '../why/page.ts';

export interface WhyValues {
  evidence: boolean;
}

/** A screen may have been deleted by retention: the page then shows the tail kept in the record. */
const readScreens = async (
  client: Client,
  report: IncidentReport,
  session: string | null,
  { evidence }: WhyValues,
): Promise<Map<string, string>> => {
  const { shown, others } = deathsIn(report, session);
  const screens = new Map<string, string>();
  for (const { blob } of [shown, ...(evidence ? others : [])].flatMap(
    (one) => one?.screens ?? [],
  )) {
    const read = await client.call('screen.read', { blob }).catch(() => null);
    if (read) screens.set(blob, read.text);
  }
  return screens;
};

/** Prints the page of one incident. `session` is the one shown in full. */
export const printWhy = async (
  context: Context,
  client: Client,
  report: IncidentReport,
  session: string | null,
  values: WhyValues = { evidence: false },
): Promise<void> => {
  const { stdout } = context;
  if (context.json) {
    printJson(stdout, whyDocument(report));
    return;
  }
  const screens = await readScreens(client, report, session, values);
  const page = values.evidence ? fullPage : whyPage;
  for (const line of page({ report, session, screens }, context.now(), stdout)) {
    stdout.line(line);
  }
};

/** A unit that nothing happened to so far can be looked at all the same. */
const refuse = async (client: Client, subject: string | null, error: unknown): Promise<never> => {
  if (!(error instanceof Failure) || error.code !== 'unknown-incident') throw error;
  const { units = [] } = await client.call('status', {}).catch(() => ({ units: [] }));
  if (!units.some(({ name }) => name === subject)) throw error;
  const message = `${error.message}; how the unit is now: holdfast status ${subject}`;
  throw new Failure(error.code, message, { cause: error });
};

export const why = (context: Context, subject: string | null, values: WhyValues): Promise<number> =>
  withAgent(context, async (client) => {
    const report = await findIncident(client, subject).catch((error: unknown) =>
      refuse(client, subject, error),
    );
    await printWhy(context, client, report, subject, values);
    return exitCode.ok;
  });
