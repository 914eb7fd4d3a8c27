import { duration } from '../../model/duration.ts';
import { printable } from '../../model/text/printable.ts';
import type { TestResult } from '../../protocol/notifier.ts';
import type { Context } from '../command.ts';
import { exitCode } from '../frame/exit.ts';
import { withNotifier } from '../frame/notifier.ts';
import { usageFailure } from '../frame/parse.ts';
import { printJson } from '../frame/print-json.ts';
import type { Terminal } from '../frame/terminal.ts';
import { pad, widthOf } from '../view/width.ts';

const styles = { accepted: 'green', refused: 'red', unreachable: 'yellow' } as const;

const printResults = (results: readonly TestResult[], stdout: Terminal): void => {
  const names = results.map(({ channel }) => printable(channel));
  const width = Math.max(...names.map(widthOf));
  for (const [i, { outcome, detail, afterMs }] of results.entries()) {
    const said = `${stdout.paint(styles[outcome], outcome)}: ${printable(detail)}`;
    stdout.line(`${pad(names[i] ?? '', width)}  ${said}, after ${duration(afterMs)}`);
  }
};

/** Sends a test alert to every channel, or to one, and prints what came back. */
export const alert = async (
  context: Context,
  deed: string,
  notifier: string | undefined,
): Promise<number> => {
  if (deed !== 'test')
    throw usageFailure(`only "test" is known, got "${deed}": holdfast alert test`);
  const { results } = await withNotifier(context, (client) =>
    client.call('alerts.test', notifier === undefined ? {} : { channel: notifier }),
  );
  const { stdout } = context;
  if (context.json) printJson(stdout, { results });
  else if (results.length === 0) stdout.line('nobody to be told: pair somebody with holdfast pair');
  else printResults(results, stdout);
  const accepted = results.length > 0 && results.every(({ outcome }) => outcome === 'accepted');
  return accepted ? exitCode.ok : exitCode.failed;
};
