import { setTimeout as wait } from 'node:timers/promises';
import { type Difference, differenceOf } from './match.ts';
import { type Block, readPage, type Step } from './page.ts';

/** What a page is followed with. */
export interface Ports {
  /** Runs it as that user and gives what a person would see: both of its streams. */
  run(user: Step['user'], command: string): Promise<string>;
  /** Runs a hidden command as root. Throws unless it exits with 0. */
  prepare(command: string): Promise<unknown>;
  /** One line about what happens now. */
  progress?(text: string): void;
  /** How long a command that only looks is asked again, ms. Default: 40 s. */
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

const usualPatienceMs = 40_000;
const pauseMs = 1000;
const shownLines = 15;

/** Changes nothing, so that it may be asked again: on a slow machine a page is read a moment too early. */
const looks =
  /^((holdfast (status|sessions|events|incidents|why|version|check-config)|journalctl|systemctl (is-active|is-failed|is-enabled|list-units|show|status)|loginctl show|tmux ls|df|jq|tail|cat|ls)\b|trace=)/;

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

/** @returns how the output differs; null: it does not */
const take = async (step: Step, ports: Ports): Promise<string | null> => {
  const { patienceMs = usualPatienceMs } = ports;
  const until = performance.now() + (looks.test(step.command) ? patienceMs : 0);
  for (;;) {
    const output = await ports.run(step.user, step.command);
    const difference = differenceOf(step.expected, output);
    if (difference === null) return null;
    if (performance.now() >= until) return report(step, output, difference);
    await wait(Math.min(pauseMs, patienceMs / 10));
  }
};

const followBlock = async (block: Block, ports: Ports, followed: Followed): Promise<void> => {
  for (const command of block.before) await ports.prepare(command);
  try {
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

/** Does what a page says, block by block. After a difference it goes on with the next block. */
export const followPage = async (markdown: string, ports: Ports): Promise<Followed> => {
  const followed: Followed = { ran: 0, skipped: [], differences: [] };
  for (const block of readPage(markdown)) {
    if (block.skipped === null) await followBlock(block, ports, followed);
    else followed.skipped.push(`line ${block.line}: ${block.skipped}`);
  }
  return followed;
};
