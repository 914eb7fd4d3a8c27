import { type Rich, spansOf } from '../../../../../exporters/notifier/telegram/format/rich.ts';

/** All that can be read of a message, without its markup. */
export const textOf = (rich: Rich): string =>
  spansOf(rich)
    .map(({ text }) => text)
    .join('');
