import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Version } from '../ledger.ts';

const indent = ' '.repeat(11);

const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);

const buttonsOf = ({ keyboard }: Version): string[] =>
  (keyboard?.inline_keyboard ?? []).map((row) => row.map(({ text }) => `[ ${text} ]`).join(' '));

export interface Transcript {
  /** What the bot says, as the phone shows it. */
  tell(entry: Entry): void;
  /** What the person does. */
  person(text: string): void;
  /** What happens elsewhere. */
  note(text: string): void;
}

/** Prints a chat, with the time before each thing; pictures are written to `pictures`. */
export const createTranscript = (pictures: string, print: (line: string) => void): Transcript => {
  const say = (at: number, who: string, lines: readonly string[]): void => {
    const [first = '', ...more] = lines;
    print(`${clock(at)}   ${who}${first}`);
    for (const line of more) print(`${indent}${line}`);
    print('');
  };

  const saved = ({ media, order }: Version): string[] => {
    if (!media) return [];
    mkdirSync(pictures, { recursive: true });
    const file = join(pictures, `${order}-${media.name.replaceAll(/[^\w.-]/g, '_')}`);
    writeFileSync(file, media.bytes);
    return [`(${media.kind}, ${media.width}x${media.height}: ${file})`];
  };

  return {
    tell: (entry) => {
      if (entry.kind === 'answered') return;
      if (entry.kind === 'deleted') return say(Date.now(), 'bot deletes a message', []);
      const { version, message } = entry;
      const how = entry.kind === 'sent' ? 'sends' : 'changes';
      const quiet = message.silent ? ', silently' : '';
      const texts = version.text === '' ? [] : version.text.split('\n');
      const who = `bot ${how} message ${message.messageId}${quiet}`;
      say(version.at, who, ['', ...saved(version), ...texts, ...buttonsOf(version)]);
    },
    person: (text) => say(Date.now(), 'you  ', [text]),
    note: (text) => say(Date.now(), '     * ', [text]),
  };
};
