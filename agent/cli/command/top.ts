import type { Context } from '../command.ts';
import { currentStatus } from '../frame/current-status.ts';
import { exitCode } from '../frame/exit.ts';
import { usageFailure } from '../frame/parse.ts';
import { printJson } from '../frame/print-json.ts';
import { watchSignals } from '../frame/signals.ts';
import { sessionEntry, unitEntry } from '../top/entry.ts';
import { showLive } from '../top/live.ts';
import { type Order, ordered, sortKeys } from '../top/order.ts';
import { page } from '../top/page.ts';

export interface TopValues {
  once: boolean;
  sort: string | undefined;
}

/** @throws Failure `usage` */
const orderOf = (sort = 'memory'): Order => {
  const by = sortKeys.find((key) => key === sort);
  if (by) return { by, reverse: false };
  throw usageFailure(`--sort takes ${sortKeys.join(', ')}, got "${sort}"`);
};

const sourcesOf = <S>(entries: readonly { source: S }[]): S[] =>
  entries.map(({ source }) => source);

export const top = async (context: Context, { once, sort }: TopValues): Promise<number> => {
  const order = orderOf(sort);
  const { stdout, json, now } = context;
  const current = await currentStatus(context);
  const { document, source, exit } = current;
  if (json) {
    const { writtenAt, host, sessions, units = [] } = document;
    printJson(stdout, {
      ...{ source, writtenAt, host },
      sessions: sourcesOf(ordered(sessions.map(sessionEntry), order)),
      units: sourcesOf(ordered(units.map(unitEntry), order)),
    });
    return exit;
  }
  if (once || !stdout.isTerminal) {
    const shown = { document, answers: source === 'agent', order, skipped: 0 };
    const whole = {
      ...stdout,
      isTerminal: false,
      columns: stdout.columns,
      rows: Number.POSITIVE_INFINITY,
    };
    for (const line of page(shown, now(), whole)) stdout.line(line);
    return exit;
  }
  await showLive(current, order, {
    terminal: stdout,
    input: process.stdin,
    onResize: (listener) => void process.stdout.on('resize', listener),
    now,
    socket: context.paths.agentSocket,
    asked: watchSignals().asked,
  });
  return exitCode.ok;
};
