import type { Event, EventType } from '../../model/event.ts';
import type { ScreenRef } from '../../model/events/death.ts';
import { printable, printableLines } from '../../model/text/printable.ts';
import type { Client } from '../../protocol/client.ts';
import { follow } from '../../protocol/follow.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { jsonLine } from '../frame/print-json.ts';
import { type Filter, readAll, readNewest } from '../frame/read-events.ts';
import { readCount, readSince } from '../frame/read-value.ts';
import { box } from '../view/box.ts';
import { eventLine } from '../view/event-line.ts';
import { concerns } from '../view/event-subject.ts';

export interface EventsValues {
  session: string | undefined;
  since: string | undefined;
  type: string[];
  limit: string | undefined;
  follow: boolean;
  screens: boolean;
}

/** What is shown when neither an age nor a number was asked for. */
const usualCount = 50;

interface Screen {
  pane: string;
  blob: string;
  text: string;
}

const refsOf = (event: Event): ScreenRef[] => {
  if (event.type === 'unit.output') return event.data.output ? [event.data.output] : [];
  return event.type === 'session.died' ? event.data.screens : [];
};

/** A screen that retention deleted is shown by the tail kept in the record. */
const screensOf = async (client: Client, event: Event): Promise<Screen[]> => {
  const screens: Screen[] = [];
  for (const { pane, blob, tail } of refsOf(event)) {
    const read = await client.call('screen.read', { blob }).catch(() => ({ text: tail }));
    screens.push({ pane, blob, text: read.text });
  }
  return screens;
};

const print = (context: Context, event: Event, screens: Screen[] | null): void => {
  const { stdout } = context;
  if (context.json) {
    stdout.line(jsonLine(screens === null || screens.length === 0 ? event : { ...event, screens }));
    return;
  }
  stdout.line(eventLine(event, context.now(), stdout));
  for (const { pane, text } of screens ?? []) {
    const title = event.type === 'unit.output' ? 'last lines' : printable(`last screen of ${pane}`);
    const lines = box(title, printableLines(text.trimEnd()), stdout.columns - 2, stdout);
    for (const line of lines) stdout.line(`  ${line}`);
  }
};

const printAll = async (
  context: Context,
  client: Client,
  events: readonly Event[],
  withScreens: boolean,
): Promise<void> => {
  for (const event of events) {
    print(context, event, withScreens ? await screensOf(client, event) : null);
  }
};

const filterOf = (values: EventsValues, now: number): Filter => ({
  ...(values.session === undefined ? {} : { session: values.session }),
  ...(values.since === undefined ? {} : { since: readSince(values.since, now) }),
  ...(values.type.length === 0 ? {} : { types: values.type as EventType[] }),
});

const printStored = (context: Context, values: EventsValues): Promise<number> => {
  const filter = filterOf(values, context.now());
  const all = values.limit === undefined && filter.since !== undefined;
  const count = readCount('--limit', values.limit ?? String(usualCount));
  return withAgent(context, async (client) => {
    if (!all) {
      const { events, head } = await readNewest(client, filter, count);
      await printAll(context, client, events, values.screens);
      return head;
    }
    let printed = Promise.resolve();
    const head = await readAll(client, filter, (page) => {
      printed = printed.then(() => printAll(context, client, page, values.screens));
    });
    await printed;
    return head;
  });
};

const printNew = async (context: Context, values: EventsValues, after: number): Promise<void> => {
  const { session } = values;
  let connection: Client | undefined;
  let printed = Promise.resolve();
  const show = async (event: Event): Promise<void> => {
    const screens = values.screens && connection ? await screensOf(connection, event) : null;
    print(context, event, screens);
  };
  await follow({
    socket: context.paths.agentSocket,
    after,
    ...(values.type.length === 0 ? {} : { types: values.type as EventType[] }),
    signal: new AbortController().signal,
    onConnected: (client) => {
      connection = client;
    },
    onLost: () => context.stderr.line('holdfast: the agent went away; waiting for it'),
    onEvent: ({ event }) => {
      if (session !== undefined && !concerns(event, session)) return;
      printed = printed.then(() => show(event));
    },
  });
};

export const events = async (context: Context, values: EventsValues): Promise<number> => {
  const head = await printStored(context, values);
  if (values.follow) await printNew(context, values, head);
  return exitCode.ok;
};
