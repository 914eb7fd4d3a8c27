import type { CurrentStatus } from '../frame/current-status.ts';
import type { Terminal } from '../frame/terminal.ts';
import { watchAgent } from '../frame/watch-agent.ts';
import { openScreen } from '../view/screen.ts';
import { entriesOf } from './entry.ts';
import { type Wish, wishesIn } from './keys.ts';
import type { Order } from './order.ts';
import { lastSkipped, page, roomOf, type Shown } from './page.ts';

export interface LivePorts {
  terminal: Terminal;
  /** The keyboard, where it is one: raw from the first key to the last. */
  input: NodeJS.ReadStream;
  /** Told whenever the terminal has another size. */
  onResize(listener: () => void): void;
  now(): number;
  socket: string;
  /** Resolves when a signal asks for the end. */
  asked: Promise<unknown>;
}

/** Ages and the clock go on without news, ms. */
const tickMs = 1000;

/** What a key changes of what is shown. */
const wished = (shown: Shown, wish: Exclude<Wish, { kind: 'quit' }>, rows: number): Shown => {
  if (wish.kind === 'sort') {
    const { by, reverse } = shown.order;
    return { ...shown, skipped: 0, order: { by: wish.by, reverse: by === wish.by && !reverse } };
  }
  const last = lastSkipped(entriesOf(shown.document).length, rows);
  const steps = wish.kind === 'scroll' ? wish.lines : 0;
  const pages = wish.kind === 'page' ? wish.pages * roomOf(rows) : 0;
  const edge = wish.kind === 'edge' ? (wish.to === 'top' ? -last : last) : 0;
  const skipped = Math.min(last, Math.max(0, shown.skipped + steps + pages + edge));
  return { ...shown, skipped };
};

/** Keeps the terminal up to date until `q`, Ctrl-C or a signal; the terminal is then as it was. */
export const showLive = async (
  { document, source }: CurrentStatus,
  order: Order,
  { terminal, input, onResize, now, socket, asked }: LivePorts,
): Promise<void> => {
  let shown: Shown = { document, answers: source === 'agent', order, skipped: 0 };
  const over = new AbortController();
  const screen = openScreen(terminal);
  const draw = (): void => screen.draw(page(shown, now(), terminal));
  const restore = (): void => {
    screen.close();
    if (input.isTTY) input.setRawMode(false);
  };
  // Also where something of ours fails: a terminal must not stay behind without echo.
  process.once('exit', restore);

  const type = (typed: string): void => {
    for (const wish of wishesIn(typed)) {
      if (wish.kind === 'quit') {
        over.abort();
        return;
      }
      shown = wished(shown, wish, terminal.rows);
    }
    draw();
  };
  if (input.isTTY) {
    input.setRawMode(true);
    input
      .setEncoding('utf8')
      .on('data', type)
      .on('end', () => over.abort());
  }
  onResize(() => {
    screen.forget();
    draw();
  });
  const timer = setInterval(draw, tickMs);
  const watch = watchAgent({
    socket,
    after: document.seq,
    signal: over.signal,
    onEvent: () => undefined,
    onConnected: () => undefined,
    onLost: () => {
      shown = { ...shown, answers: false };
      draw();
    },
    onStatus: (latest) => {
      shown = { ...shown, document: latest, answers: true };
      draw();
    },
  });
  draw();
  void asked.then(() => over.abort());
  await watch.done;
  clearInterval(timer);
  input.pause();
  restore();
  process.off('exit', restore);
};
