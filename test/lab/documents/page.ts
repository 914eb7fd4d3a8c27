import type { User } from '../login.ts';

/** A command of a page, and the lines under it. */
export interface Step {
  user: Extract<User, 'root' | 'deploy'>;
  command: string;
  /** `…` stands for any text in a line; a line of it alone for any number of lines. */
  expected: string[];
  /** Of the command, counted from 1. */
  line: number;
}

/** A fenced block of commands. What readers do not see is run by root. */
export interface Block {
  line: number;
  /** Brings the machine into the state of which the page speaks: `<!-- lab: COMMAND -->` above the block. */
  before: string[];
  /** Mends it: `<!-- lab after: COMMAND -->` below the block. */
  after: string[];
  steps: Step[];
  /** Why the lab cannot run it: `<!-- lab skip: REASON -->` above a block marked `console skip`. */
  skipped: string | null;
}

const users: Readonly<Record<string, Step['user']>> = { $: 'deploy', '#': 'root' };
const hidden = /^<!-- lab( after| skip)?: (.*) -->$/;
const commandLine = /^([$#]) (.*)$/;

/** Reads a page line by line. */
class Reader {
  readonly blocks: Block[] = [];
  #before: string[] = [];
  #reason: string | null = null;
  /** The fenced block it is in: one of commands, or another. */
  #inside: Block | 'other' | null = null;

  read(text: string, line: number): void {
    if (this.#inside === null) this.#readProse(text, line);
    else if (text === '```') this.#inside = null;
    else if (this.#inside !== 'other') this.#readInside(this.#inside, text, line);
  }

  /** @throws where something was begun and not ended */
  end(): Block[] {
    if (this.#inside !== null) throw new Error('the last block has no end');
    if (this.#before.length > 0) throw new Error('below a hidden command is no block');
    return this.blocks;
  }

  #readProse(text: string, line: number): void {
    if (text.startsWith('<!-- lab')) this.#readHidden(text, line);
    else if (text.startsWith('```')) this.#open(text.slice(3), line);
  }

  #readHidden(text: string, line: number): void {
    const [, kind, words = ''] = hidden.exec(text) ?? [];
    if (words === '') throw new Error(`line ${line}: this is no hidden command: ${text}`);
    if (kind === ' skip') this.#reason = words;
    else if (kind === undefined) this.#before.push(words);
    else {
      const block = this.blocks.at(-1);
      if (!block) throw new Error(`line ${line}: above it is no block to mend after`);
      block.after.push(words);
    }
  }

  #open(language: string, line: number): void {
    this.#inside = 'other';
    if (!/^console( |$)/.test(language)) return;
    const isSkipped = language === 'console skip';
    if (isSkipped && this.#reason === null) {
      throw new Error(`line ${line}: it is skipped, and nobody says why`);
    }
    const skipped = isSkipped ? this.#reason : null;
    const block = { line, before: this.#before, after: [], steps: [], skipped };
    this.blocks.push(block);
    this.#inside = block;
    this.#before = [];
    this.#reason = null;
  }

  #readInside({ steps }: Block, text: string, line: number): void {
    const [, prompt = '', command = ''] = commandLine.exec(text) ?? [];
    const user = users[prompt];
    if (user !== undefined) steps.push({ user, command, expected: [], line });
    else {
      const last = steps.at(-1);
      if (!last) throw new Error(`line ${line}: no command stands above "${text}"`);
      last.expected.push(text);
    }
  }
}

/** The blocks of commands in a page of Markdown. @throws with the line that does not fit */
export const readPage = (markdown: string): Block[] => {
  const reader = new Reader();
  for (const [i, text] of markdown.split('\n').entries()) reader.read(text, i + 1);
  return reader.end();
};
