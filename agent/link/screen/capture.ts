import type { LinkNotifications } from '../../protocol/link.ts';
import type { PaneRow } from '../../protocol/listing.ts';
import { newMark } from '../tmux/mark.ts';
import { runTmux } from '../tmux/run.ts';

type Screen = LinkNotifications['screens']['screens'][number];

/** A death record shows at most this much of a pane. */
const maxLines = 200;
const maxBytes = 64 * 1024;

/** One tmux process captures this many panes: it takes longer to start one than to capture a pane. */
const panesPerClient = 50;

/** The last lines of a screen, blank ones at its end left out, cut at a line to fit. */
const trimScreen = (text: string): string => {
  const lines = text
    .trimEnd()
    .split('\n')
    .slice(-maxLines)
    .map((line) => line.trimEnd());
  let bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  while (bytes > maxBytes && lines.length > 1) bytes -= Buffer.byteLength(lines.shift() ?? '') + 1;
  const screen = lines.join('\n');
  return Buffer.byteLength(screen) > maxBytes ? screen.slice(-maxBytes / 4) : screen;
};

/**
 * How many of the last lines of the text the terminal shows now: above them is what has scrolled away. A line that tmux had to
 * wrap counts once, and so lets as many more in.
 */
const shownOf = (captured: string, height: number): number => {
  const rows = captured.replace(/\n$/, '').split('\n');
  const blank = rows.length - 1 - rows.findLastIndex((row) => row.trimEnd() !== '');
  return Math.max(0, height - blank);
};

/** Splits what the client printed at the marks. */
const splitScreens = (output: string, mark: string, takenAt: number): Screen[] =>
  output
    .split(`${mark} `)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      const [pane, height] = part.slice(0, end).split(' ');
      const captured = part.slice(end + 1);
      const shown = shownOf(captured, Number(height));
      return { pane: `%${pane}`, text: trimScreen(captured), shown, takenAt };
    })
    .filter(({ pane }) => /^%\d+$/.test(pane));

const captureSome = async (socket: string, panes: readonly string[], now: number) => {
  const mark = newMark();
  const args = panes.flatMap((pane) => {
    // Without its `%`, which display-message would take for a time format.
    const marking = ['display-message', '-p', `${mark} ${pane.slice(1)} #{pane_height}`, ';'];
    // `-J`: a line tmux had to wrap is one line again, so a secret in it can be recognised.
    return [...marking, 'capture-pane', '-p', '-J', '-S', `-${maxLines}`, '-t', pane, ';'];
  });
  const { code, stdout } = await runTmux(socket, args.slice(0, -1));
  const screens = splitScreens(stdout, mark, now);
  // A pane that went in this moment ends the client's list early, its mark printed and its screen not:
  // an empty screen must not replace its last one. The rest is captured next time.
  return code === 0 ? screens : screens.slice(0, -1);
};

/** Keeps the screens of one server fresh: a pane is captured again only after activity in its window. */
export const createScreens = () => {
  const takenAt = new Map<string, number>();

  /**
   * Panes with activity since they were last captured. tmux counts activity in whole seconds. A capture of the
   * future was made before the clock was set back.
   */
  const due = (panes: readonly PaneRow[], now: number): string[] =>
    panes
      .filter(({ id, activityAt }) => {
        const taken = takenAt.get(id) ?? 0;
        return activityAt + 1000 > taken || taken > now;
      })
      .map(({ id }) => id);

  return {
    /** Captures what changed, some panes at a time, so that no message to the agent grows too long. */
    async refresh(
      socket: string,
      panes: readonly PaneRow[],
      now: () => number,
      onCaptured: (screens: Screen[]) => void,
    ): Promise<void> {
      const present = new Set(panes.map(({ id }) => id));
      for (const id of takenAt.keys()) if (!present.has(id)) takenAt.delete(id);
      const wanted = [...new Set(due(panes, now()))];
      for (let i = 0; i < wanted.length; i += panesPerClient) {
        const screens = await captureSome(socket, wanted.slice(i, i + panesPerClient), now());
        for (const screen of screens) takenAt.set(screen.pane, screen.takenAt);
        if (screens.length > 0) onCaptured(screens);
      }
    },
    /** A new agent has no screens: capture everything again. */
    forget: () => takenAt.clear(),
  };
};
