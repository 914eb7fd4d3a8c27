import { isInForce } from '../../model/in-force.ts';
import { silencedText, silenceTable } from '../alerts/silence-table.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { currentStatus } from '../frame/current-status.ts';
import { exitCode } from '../frame/exit.ts';
import { usageFailure } from '../frame/parse.ts';
import { printJson } from '../frame/print-json.ts';
import { readDuration } from '../frame/read-value.ts';
import { whenOf } from '../view/time.ts';

export interface SilenceValues {
  all: boolean;
  for: string | undefined;
  reason: string | undefined;
}

const list = async (context: Context): Promise<number> => {
  const { document, source, exit } = await currentStatus(context);
  const now = context.now();
  const silences = (document.silences ?? []).filter((silence) => isInForce(silence, now));
  const { stdout } = context;
  if (context.json) printJson(stdout, { source, silences });
  else if (silences.length === 0) stdout.line('no silences');
  else for (const line of silenceTable(silences, now, stdout)) stdout.line(line);
  return exit;
};

/** What the agent takes, ms and characters. */
const [leastMs, mostMs] = [60_000, 30 * 86_400_000];
const mostReason = 200;

const readTime = (text: string): number => {
  const ms = readDuration('--for', text);
  if (ms >= leastMs && ms <= mostMs) return ms;
  throw usageFailure(`--for takes a time from 1m to 30d, got "${text}"`);
};

/** @throws Failure `usage` that says what is missing */
const readWish = (
  session: string | null,
  values: SilenceValues,
): { forMs: number; reason: string } => {
  if (session === null && !values.all) throw usageFailure('say what: a session, or --all');
  if (session !== null && values.all) throw usageFailure('either a session or --all, not both');
  if (values.for === undefined) throw usageFailure('say for how long: --for 1h');
  const reason = values.reason?.trim() ?? '';
  if (reason === '') throw usageFailure("say why, for whoever wonders later: --reason 'TEXT'");
  if (reason.length > mostReason)
    throw usageFailure(`--reason takes at most ${mostReason} characters, got ${reason.length}`);
  return { forMs: readTime(values.for), reason };
};

/** Silences a session, everything (`session` null), or lists what is silenced where nothing was asked for. */
export const silence = async (
  context: Context,
  session: string | null,
  values: SilenceValues,
): Promise<number> => {
  const asked = values.all || values.for !== undefined || values.reason !== undefined;
  if (session === null && !asked) return list(context);
  const wish = readWish(session, values);
  const made = await withAgent(context, (client) =>
    client.call('alert.silence', { session, ...wish }),
  );
  const { stdout } = context;
  if (context.json) printJson(stdout, made);
  else stdout.line(`${silencedText(made)}  silenced until ${whenOf(made.until, context.now())}`);
  return exitCode.ok;
};
