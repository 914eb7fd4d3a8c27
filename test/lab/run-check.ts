import type { CurrentMachine } from './current-machine.ts';
import type { Machine } from './machine.ts';
import { mostSecondTries, type Results } from './results.ts';
import { type Check, type Lab, Skip } from './suite.ts';

export interface Surroundings extends Pick<Lab, 'controller' | 'progress'> {
  current: CurrentMachine;
  results: Results;
  say(text: string): void;
}

export type Verdict = 'passed' | 'failed' | 'skipped' | 'gone';

const shownConsoleLines = 25;

const readable = (value: number | string): string =>
  typeof value === 'string' ? value : `${Number(value.toFixed(2))}`;

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

const attempt = async (
  check: Check,
  machine: Machine,
  { results, say, controller, progress }: Surroundings,
): Promise<unknown> => {
  const measure = (name: string, value: number | string, unit = ''): void => {
    const text = `${readable(value)} ${unit}`.trim();
    results.measure(name, text);
    say(`        ${name}: ${text}`);
  };
  try {
    await check.run({ controller, progress, machine, measure });
    return null;
  } catch (error) {
    return error ?? new Error('it threw nothing');
  }
};

const tellFailure = (title: string, error: unknown, took: string, say: Surroundings['say']) => {
  say(`FAILED  ${title}  ${took}`);
  say(textOf(error));
};

/**
 * Tries a check, and once more where it failed: an emulated processor stands still for seconds now and then. A second
 * try is told and counted, and there are few of them in a run: what fails by more than chance stays red.
 * @param title what it is called in what is printed
 * @returns `gone`: it failed, and the machine does not answer any more
 */
export const runCheck = async (
  title: string,
  check: Check,
  surroundings: Surroundings,
): Promise<Verdict> => {
  const { current, results, say, progress } = surroundings;
  const machine = await current.take(false);
  for (;;) {
    progress(title);
    const began = performance.now();
    const error = await attempt(check, machine, surroundings);
    const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
    if (error === null) {
      results.pass();
      say(`ok      ${title}  ${took}`);
      return 'passed';
    }
    if (error instanceof Skip) {
      results.skip(error.message);
      say(`skipped ${title}  (${error.message})`);
      return 'skipped';
    }
    tellFailure(title, error, took, say);
    const answers = await current.answers();
    if (!answers || !results.tryAgain(title)) {
      results.fail(title);
      const tail = machine.console().trimEnd().split('\n').slice(-shownConsoleLines);
      say(`the end of its console:\n${tail.join('\n')}`);
      return answers ? 'failed' : 'gone';
    }
    say(`again   ${title}  (second try ${results.secondTries()} of at most ${mostSecondTries})`);
  }
};
