import { isSameBot } from '../../model/bot/bot-needed.ts';
import { Failure } from '../../model/failure.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import { watchSignals } from '../frame/signals.ts';
import { textLines } from '../login/page.ts';
import { showUntilReady } from '../login/show.ts';
import { wantedNeed } from '../login/wanted.ts';

export interface LoginValues {
  bot: string | undefined;
}

const noTerminal = (): Failure =>
  new Failure('no-terminal', 'a QR code is shown on a terminal alone; --json has what is in it');

/** @throws Failure `no-bot`, `needs-nothing`, `several-bots`, `no-terminal` */
export const login = (context: Context, name: string, { bot }: LoginValues): Promise<number> =>
  withAgent(context, async (client) => {
    const { stdout, json } = context;
    const ask = () => client.call('bot.needs', { session: name });
    const need = wantedNeed(await ask(), name, bot);
    if (json) {
      printJson(stdout, need);
      return exitCode.ok;
    }
    if (!stdout.isTerminal) {
      if (need.kind === 'qr') throw noTerminal();
      for (const line of textLines(need, stdout)) stdout.line(line);
      return exitCode.ok;
    }
    const isReady = await showUntilReady(need, {
      terminal: stdout,
      asked: watchSignals().asked,
      look: async () => {
        const { needs, bots } = await ask();
        const ours = bots.filter((one) => isSameBot(one, need));
        // Its lives of before may be among them.
        const standing = ours.findLast(({ state }) => state !== 'lost') ?? ours.at(-1);
        return {
          need: needs.find((one) => isSameBot(one, need)),
          state: standing?.state ?? null,
        };
      },
    });
    return isReady ? exitCode.ok : exitCode.failed;
  });
