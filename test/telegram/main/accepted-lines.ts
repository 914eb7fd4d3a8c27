import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Version } from '../ledger.ts';
import type { BotApi } from '../server.ts';

/** Pictures are written to `pictures`, where it is given, and told by their file. */
export const tellAccepted = (api: BotApi, say: (line: object) => void, pictures?: string): void => {
  const pictureOf = ({ media, order }: Version): string | undefined => {
    if (media === undefined || pictures === undefined) return media?.name;
    const path = join(pictures, `${order}-${media.name.replaceAll(/[^\w.-]/g, '_')}`);
    writeFileSync(path, media.bytes);
    return path;
  };

  const describe = (entry: Entry): object => {
    const { kind, order } = entry;
    if (entry.kind === 'answered') return { kind, order, text: entry.answer.text };
    const at = { kind, order, chat: entry.message.chatId, message: entry.message.messageId };
    if (entry.kind === 'deleted') return at;
    const { text, keyboard } = entry.version;
    const buttons = keyboard?.inline_keyboard.flat().map((button) => button.text);
    return { ...at, text, buttons, media: pictureOf(entry.version) };
  };

  api.ledger.follow((entry) => say(describe(entry)));
};
