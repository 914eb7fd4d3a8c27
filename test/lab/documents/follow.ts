import { setTimeout as wait } from 'node:timers/promises';
import { type Difference, differenceOf } from './match.ts';
import { type Block, readPage, type Step } from './page.ts';

export interface Shown {
  /** What a person would see: both of its streams. */
  output: string;
  /** Null: it took too long. */
  code: number | null;
}

/** What a page is followed with. */
export interface Ports {
  run(user: Step['user'], command: string): Promise<Shown>;
  /** Runs a hidden command as root. Throws unless it exits with 0. */
  prepare(command: string): Promise<unknown>;
  /** One line about what happens now. */
  progress?(text: string): void;
  /** How long a command that only looks is asked again, ms. Default: 4 min. */
  patienceMs?: number;
}

export interface Followed {
  /** Commands that were run. */
  ran: number;
  /** Blocks the lab cannot run, each with its line and the reason. */
  skipped: string[];
  /** The first of each block, in the order of the page. */
  differences: string[];
}

const usualPatienceMs = 240_000;
const pauseMs = 1000;
const shownLines = 15;

/** Changes nothing, so that it may be asked again: on a slow machine a page is read a moment too early. */
const looks =
  /^((holdfast (status|sessions|health|events|incidents|why|alerts|version|check-config|pair --list|silence$)|journalctl|systemctl (is-active|is-failed|is-enabled|list-units|show|status)|loginctl show|tmux (ls|capture-pane)|df|jq|tail|cat|ls)\b|trace=)/;

const report = ({ line, command }: Step, output: string, difference: Difference): string => {
  const { expected, actual } = difference;
  const lines = output.trimEnd().split('\n');
  const more = lines.length - shownLines;
  return [
    `line ${line}: ${command}`,
    `  the page: ${expected ?? '(nothing more)'}`,
    `  in truth: ${actual ?? '(nothing more)'}`,
    '  all it printed:',
    ...lines.slice(0, shownLines).map((text) => `    ${text}`),
    ...(more > 0 ? [`    and ${more} lines more`] : []),
  ].join('\n');
};

/** Exits with 1 where something could be better: that is what it is asked for. */
const mayFail = /^holdfast doctor\b/;

/** Where the page names no line of the output, its exit code alone says whether it worked. */
const isSilent = ({ expected }: Step): boolean =>
  expected.every((line) => ['', '…'].includes(line.trim()));

const differenceIn = (step: Step, { output, code }: Shown): Difference | null => {
  if (code === null) return { expected: 'an end', actual: 'none: it took too long' };
  const difference = differenceOf(step.expected, output);
  if (difference !== null || code === 0 || !isSilent(step) || mayFail.test(step.command)) {
    return difference;
  }
  return { expected: 'exit code 0', actual: `exit code ${code}` };
};

/** @returns how the output differs; null: it does not */
const take = async (step: Step, ports: Ports): Promise<string | null> => {
  const { patienceMs = usualPatienceMs } = ports;
  const until = performance.now() + (looks.test(step.command) ? patienceMs : 0);
  for (;;) {
    const shown = await ports.run(step.user, step.command);
    const difference = differenceIn(step, shown);
    if (difference === null) return null;
    if (performance.now() >= until) return report(step, shown.output, difference);
    await wait(Math.min(pauseMs, patienceMs / 10));
  }
};

const followBlock = async (block: Block, ports: Ports, followed: Followed): Promise<void> => {
  try {
    for (const command of block.before) await ports.prepare(command);
    for (const step of block.steps) {
      ports.progress?.(`line ${step.line}: ${step.command}`);
      followed.ran += 1;
      const difference = await take(step, ports);
      if (difference === null) continue;
      followed.differences.push(difference);
      return;
    }
  } finally {
    for (const command of block.after) await ports.prepare(command);
  }
};

/** Does what a page says, block by block. After a difference, or where it cannot prepare one, it goes on with the next. */
export const followPage = async (markdown: string, ports: Ports): Promise<Followed> => {
  const followed: Followed = { ran: 0, skipped: [], differences: [] };
  for (const block of readPage(markdown)) {
    if (block.skipped === null) {
      await followBlock(block, ports, followed).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : `${error}`;
        followed.differences.push(`line ${block.line}: what is hidden there: ${why}`);
      });
    } else followed.skipped.push(`line ${block.line}: ${block.skipped}`);
  }
  return followed;
};
