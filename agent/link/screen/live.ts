import type { Instance } from '../../model/events/server.ts';
import { TmuxFailure } from '../../model/failure.ts';
import type { LinkMethods } from '../../protocol/link.ts';
import { runInInstance } from '../command/in-instance.ts';
import { newMark } from '../tmux/mark.ts';

/** What went off the top: without it the rest of a secret could not be told for one. As many as of a last screen. */
const linesAbove = 200;

/** A screen of 200 by 50 whose every cell has a colour of its own. */
const maxBytes = 256 * 1024;

/** The last lines that fit: a person looks at the end. */
const lastLines = (text: string): string => {
  const lines = text.split('\n');
  let bytes = Buffer.byteLength(text);
  while (bytes > maxBytes && lines.length > 1) bytes -= Buffer.byteLength(lines.shift() ?? '') + 1;
  return bytes > maxBytes ? '' : lines.join('\n');
};

/**
 * The active pane of a session as it looks now: lines as they are on the screen (no `-J`), with their colours (`-e`),
 * below the last of what went off the top.
 * @throws TmuxFailure `tmux-refused` where the session is gone, `other-server`
 */
export const captureLive = async (
  socket: string,
  instance: Instance,
  tmuxId: string,
): Promise<LinkMethods['screen.capture']['result']> => {
  const mark = newMark();
  const pane = ['-t', `${tmuxId}:`];
  const printed = await runInInstance(socket, instance, [
    ['display-message', '-p', ...pane, `${mark} #{pane_width} #{pane_height}`],
    ['capture-pane', '-e', '-p', '-S', `-${linesAbove}`, ...pane],
  ]);
  const end = printed.indexOf('\n');
  const [found, columns, rows] = printed.slice(0, Math.max(0, end)).split(' ');
  if (found !== mark || !(Number(columns) > 0) || !(Number(rows) > 0)) {
    throw new TmuxFailure('tmux-refused', 'tmux did not say how large the screen is');
  }
  return {
    text: lastLines(printed.slice(end + 1).replace(/\n$/, '')),
    columns: Number(columns),
    rows: Number(rows),
  };
};
