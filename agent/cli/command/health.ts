import { statusHomes } from '../../model/status/status-homes.ts';
import type { Context } from '../command.ts';
import { currentStatus } from '../frame/current-status.ts';
import { namedSessions } from '../frame/named-sessions.ts';
import { printJson } from '../frame/print-json.ts';
import { type Checked, healthPage } from '../view/health-page.ts';
import { needsYou } from '../view/needs-you.ts';

/** What needs a person comes first. */
const urgency = ['failed', 'waiting', 'degraded', 'starting', 'healthy'] as const;

const byUrgency = (a: Checked, b: Checked): number =>
  urgency.indexOf(a.health?.status ?? 'healthy') - urgency.indexOf(b.health?.status ?? 'healthy');

const nothing = (name: string | null): string =>
  name === null
    ? 'no session and no unit has health checks: docs/guides/health-monitoring.md'
    : 'it has no health checks, or is not up: docs/guides/health-monitoring.md';

/** @throws Failure `unknown-session` */
export const health = async (context: Context, name: string | null): Promise<number> => {
  const { document, source, exit } = await currentStatus(context);
  const homes = statusHomes(document);
  const found = namedSessions(homes, name);
  const sessions = found.filter(({ health }) => health).sort(byUrgency);
  const needs = needsYou(homes).filter((one) =>
    found.some(({ session, server }) => one.session === session && one.server === server),
  );
  const { stdout } = context;
  if (context.json) {
    const { writtenAt } = document;
    const lines = sessions.map(({ session, server, life, health }) => ({
      ...{ session, server, life },
      ...health,
    }));
    const waiting = needs.map(({ text: _, ...one }) => one);
    printJson(stdout, { source, writtenAt, sessions: lines, needs: waiting });
    return exit;
  }
  for (const { text } of needs) stdout.line(stdout.paint('yellow', text));
  if (sessions.length === 0 && needs.length === 0) stdout.line(nothing(name));
  for (const [i, session] of sessions.entries()) {
    if (i > 0 || needs.length > 0) stdout.line('');
    for (const line of healthPage(session, context.now(), stdout)) stdout.line(line);
  }
  return exit;
};
