import * as v from 'valibot';
import { ProtocolFailure } from '../../model/failure.ts';
import { screenText } from '../../model/screen/screen-text.ts';
import type { LiveScreen } from '../../protocol/notifier.ts';

const maxBytes = 256 * 1024;

/** tmux's own limit of a window (WINDOW_MAXIMUM). */
const cells = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));

/** What a link answers with; it runs as the owner of the session, so all of it is hostile input. */
const answer = v.object({
  text: v.pipe(v.string(), v.maxBytes(maxBytes)),
  columns: cells,
  rows: cells,
});

type Redact = (text: string, options: { screenWidth: number }) => string;

/** Of what is seen, as much as of a last screen: to look for secrets takes the agent time. UTF-16 units. */
const maxSeen = 64 * 1024;

/** Where lines were cut off, these may hold the rest of a secret that began above: the longest are private keys. */
const maxSecretLines = 64;

const colours = /\x1b\[[0-9;:]*m/g;

const lastThatFit = (lines: readonly string[]): readonly string[] => {
  let seen = 0;
  const tooMuch = lines.findLastIndex((line) => {
    seen += line.replace(colours, '').length + 1;
    return seen > maxSeen;
  });
  return lines.slice(tooMuch + 1);
};

/** What is in force at the end of `lines`: tmux says a colour once, wherever it begins. */
const coloursAfter = (lines: readonly string[]): string => {
  const all = lines.join('\n').match(colours) ?? [];
  const reset = all.findLastIndex((one) => /^\x1b\[0*m$/.test(one));
  return all.slice(reset + 1).join('');
};

/**
 * A screen that may leave the machine: nothing but characters and colours, and redacted, also what colours or the end
 * of a line part, or what began on a line above it.
 * @throws ProtocolFailure `invalid-answer`
 */
export const readLiveScreen = (
  given: unknown,
  redact: Redact,
): Pick<LiveScreen, 'text' | 'columns' | 'rows'> => {
  const read = v.safeParse(answer, given);
  if (!read.success) {
    throw new ProtocolFailure('invalid-answer', 'the link did not answer with a screen');
  }
  const { text, columns, rows } = read.output;
  const whole = lastThatFit(screenText(text).split('\n'));
  const lines = redact(whole.join('\n'), { screenWidth: columns }).split('\n');
  const above = whole.length < rows ? maxSecretLines : Math.max(0, lines.length - rows);
  const screen = coloursAfter(lines.slice(0, above)) + lines.slice(above).join('\n');
  return { text: screen, columns, rows };
};
