import { duration } from '../../model/duration.ts';
import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import { awaitDeath, awaitReturn, awaitVerdict } from '../drill/await.ts';
import { killPanes, panesOf } from '../drill/kill.ts';
import { chooseVictim } from '../drill/victim.ts';
import { withAgent } from '../frame/agent.ts';
import { watchEvents } from '../frame/await-event.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import { whyDocument } from '../why/document.ts';
import { printWhy } from './why.ts';

export interface DrillValues {
  session: string | undefined;
  yes: boolean;
}

/** Kills one life for real, waits until Holdfast has seen, explained and mended it, and prints the page. */
export const drill = (context: Context, values: DrillValues): Promise<number> =>
  withAgent(context, async (client) => {
    const { stdout, json } = context;
    const say = (text: string): void => {
      if (!json) stdout.line(stdout.paint('dim', printable(text)));
    };
    const status = await client.call('status', {});
    const victim = chooseVictim(status, values);
    const { session } = victim;
    const server = status.servers.find((one) => one.server === victim.server);
    const panes = await panesOf(client, victim);
    const watch = await watchEvents(client, [
      'session.died',
      'verdict.reached',
      'decision.made',
      'supervision.started',
    ]);
    const killedAt = performance.now();
    const since = (): number => Math.round(performance.now() - killedAt);
    const pids = killPanes(panes, session, server?.pid ?? null);
    say(`kill -9 ${pids.join(' ')}: the program of ${session}`);
    const incident = await awaitDeath(watch, victim.life);
    const noticedMs = since();
    say(`noticed after ${duration(noticedMs)}`);
    await awaitVerdict(watch, incident);
    if (victim.declared && (await awaitReturn(watch, victim))) {
      say(`back after ${duration(since())}`);
    }
    const report = await client.call('incident', { id: incident });
    if (json) printJson(stdout, { session, pids, noticedMs, ...whyDocument(report) });
    else {
      stdout.line();
      await printWhy(context, client, report, session);
    }
    return exitCode.ok;
  });
