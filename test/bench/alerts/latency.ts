import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { exactNow } from '../clock.ts';
import { createSessions, fill, idle, mainSocket } from '../fleet.ts';
import { type Heard, listen } from '../heard.ts';
import { type Effort, usualSessions } from '../part.ts';
import { ascending, percentile, type Row } from '../row.ts';
import { type Stack, withStack } from '../stack.ts';
import { type Told, withTelegram } from './telegram.ts';

/** A chat is told once in 1.05 s, and an alert changes when more is known: what is later than this is about the next. ms */
const quietMs = 2500;

/** More than the minute in which only so many alerts are told alone (exporters/notifier/outbox/storms.ts), ms. */
const pastMs = 120_000;

const note =
  'sessions of a managed server, killed one at a time by SIGKILL after the chat was quiet; between two kills the outbox is ' +
  'made to believe that what it told was told two minutes earlier, for alerts that come faster than two a minute are folded';

/** Makes what was told lie further back, so that the next alert is told alone. The notifier runs on. */
const ageWhatWasTold = ({ paths }: Stack): void => {
  const database = new DatabaseSync(join(paths.notifierDir, 'outbox.db'), { timeout: 5000 });
  try {
    database.prepare('update deliveries set first_told_at = first_told_at - ?').run(pastMs);
  } finally {
    database.close();
  }
};

const killOne = async (stack: Stack, told: Told, heard: Heard, name: string): Promise<number> => {
  const before = heard.head();
  await createSessions(mainSocket(stack), [name], idle);
  const { event } = await heard.first(
    before,
    'supervision.started',
    ({ session }) => session === name,
  );
  await told.untilQuiet(quietMs);
  ageWhatWasTold(stack);
  await wait(Math.random() * 1000);

  const at = exactNow();
  process.kill(event.data.panes[0]?.pid ?? 0, 'SIGKILL');
  const message = await told.api.ledger.until(
    `a message about ${name}`,
    () => told.messages().find(({ versions: [first] }) => first.text.includes(name)),
    30_000,
  );
  return message.versions[0].at - at;
};

const measureKills = async (told: Told, stack: Stack, effort: Effort): Promise<Row[]> => {
  await told.pair(stack);
  await fill(stack, usualSessions);
  const heard = await listen(stack.client);
  const count = effort.quick ? 15 : 100;
  const taken: number[] = [];
  for (let i = 1; i <= count; i += 1) {
    effort.progress(`death ${i} of ${count} to its message`);
    taken.push(await killOne(stack, told, heard, `victim-${i}-x`));
  }
  const sorted = ascending(taken);
  const row = (text: string, budget: number, share: number): Row => ({
    what: `death of a session to its accepted Telegram request, ${text}`,
    ...{ budget, measured: percentile(sorted, share), unit: 'ms', note },
  });
  return [row('median', 400, 0.5), row('p99', 1500, 0.99)];
};

/** How long a person's telephone does not know of a death, as far as it is ours. */
export const benchLatency = (effort: Effort): Promise<Row[]> =>
  withTelegram((told) =>
    withStack(
      () => JSON.stringify(told.config),
      (stack) => measureKills(told, stack, effort),
      { run: ['agent', 'link', 'exporter', 'notifier'], prepare: told.prepare },
    ),
  );
