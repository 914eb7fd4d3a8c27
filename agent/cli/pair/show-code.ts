import { duration } from '../../model/duration.ts';
import { printable } from '../../model/text/printable.ts';
import type { PairingCode } from '../../protocol/notifier.ts';
import type { Terminal } from '../frame/terminal.ts';

/** A lifetime that was just given is whole minutes, but for what the way here took. */
const wholeMinutes = (ms: number): number => Math.max(1, Math.round(ms / 60_000)) * 60_000;

/** Says the code, where to send it and for how long; on a terminal it shows it as a picture as well. */
export const showCode = async (
  { code, url, bot, expiresAt }: PairingCode,
  now: number,
  stdout: Terminal,
): Promise<void> => {
  const to = bot === null ? 'your bot' : `@${printable(bot)}`;
  const valid = duration(wholeMinutes(expiresAt - now));
  stdout.line(`send this to ${to} on Telegram within ${valid}; it is good for one person:`);
  stdout.line(`  ${stdout.paint('bold', printable(code))}`);
  if (url === null) return;
  stdout.line(`or open  ${printable(url)}`);
  if (!stdout.isTerminal) return;
  const { qrLines } = await import('../view/qr.ts');
  for (const line of qrLines(url, stdout)) stdout.line(line);
};
