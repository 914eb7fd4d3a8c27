import { duration } from '../../model/duration.ts';
import type { Event } from '../../model/event.ts';
import { Failure } from '../../model/failure.ts';
import type { RefreshOutcome } from '../../model/refresh.ts';
import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { watchEvents } from '../frame/await-event.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';

interface Ended {
  outcome: RefreshOutcome;
  code: string;
  message: string;
  tookMs: number;
}

/** The agent looks every second, and has the last word when the time is up. ms */
const patienceMs = 10_000;

const endOf =
  (refresh: string, begunAt: number) =>
  ({ type, at, data }: Event): Ended | undefined => {
    if (type === 'refresh.done' && data.refresh === refresh) {
      return { outcome: 'done', code: '', message: '', tookMs: data.tookMs };
    }
    if (type === 'refresh.failed' && data.refresh === refresh) {
      const { code, message, tookMs } = data;
      return { outcome: 'failed', code, message, tookMs };
    }
    if (type !== 'refresh.held' || data.refresh !== refresh) return undefined;
    const message = 'it needs you: somebody has to log it in';
    return { outcome: 'needs-person', code: 'needs-person', message, tookMs: at - begunAt };
  };

const styles = { done: 'green', failed: 'red', 'needs-person': 'yellow' } as const;

/** Has a login renewed and waits for what comes of it. @throws Failure `no-outcome` */
export const refresh = (context: Context, session: string): Promise<number> =>
  withAgent(context, async (client) => {
    const { stdout, json, now } = context;
    const watch = await watchEvents(client, ['refresh.done', 'refresh.failed', 'refresh.held']);
    const begunAt = now();
    const { refresh: id, until } = await client.call('session.refresh', { session });
    const limitMs = Math.max(0, until - now()) + patienceMs;
    const ended = await watch.first(endOf(id, begunAt), limitMs);
    if (!ended) throw new Failure('no-outcome', `nothing was heard of it in ${duration(limitMs)}`);
    const { outcome, message, tookMs } = ended;
    if (json) printJson(stdout, { session, refresh: id, ...ended });
    else {
      const said = message === '' ? ` after ${duration(tookMs)}` : `: ${printable(message)}`;
      stdout.line(`${printable(session)}  ${stdout.paint(styles[outcome], outcome)}${said}`);
    }
    return outcome === 'done' ? exitCode.ok : exitCode.failed;
  });
