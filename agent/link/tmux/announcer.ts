import { changedChannel } from './dialect.ts';
import { newMark } from './mark.ts';
import { startWaiting } from './waiting-client.ts';

type Commands = readonly (readonly string[])[];

/** A client that ended unasked is replaced after so long, ms: its server may be about to go. */
const againMs = 1000;

/**
 * Starts a client that prints, after the next change, what the commands print. `onPrinted` is called once: with
 * that, or with null when the client ended before.
 * @returns ends the client
 * @throws where there is no descriptor to spare
 */
const awaitChange = (
  socket: string,
  commands: Commands,
  onPrinted: (printed: string | null) => void,
): (() => void) => {
  const mark = `${newMark()}\n`;
  const client = startWaiting(socket, changedChannel, [
    ...commands,
    ['display-message', '-p', mark.trimEnd()],
  ]);
  let text = '';
  let isPrinted = false;
  const give = (printed: string | null): void => {
    if (isPrinted) return;
    isPrinted = true;
    onPrinted(printed);
  };
  client.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.endsWith(mark)) give(text.slice(0, -mark.length));
  });
  client.on('error', () => undefined);
  // A command that failed, such as a listing of nothing, ends the client before its mark.
  client.on('close', () => give(text === '' ? null : text));
  return () => client.kill('SIGKILL');
};

/**
 * Waits until a managed server's hooks say that sessions came, went or were renamed, and gives what `commands`
 * print then: the server carries them out by itself, so between a death and its report no process has to be
 * started or asked. What changes while `onChange` resolves is not lost: the channel remembers its signal.
 */
export const startAnnouncer = (
  socket: string,
  commands: Commands,
  onChange: (printed: string) => Promise<void>,
): (() => void) => {
  let end = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const armLater = (): void => {
    timer = setTimeout(arm, againMs);
  };
  const tell = async (printed: string): Promise<void> => {
    // To start the next takes the time of a report, which goes first.
    await onChange(printed).catch(() => undefined);
    arm();
  };
  const arm = (): void => {
    if (closed) return;
    try {
      end = awaitChange(socket, commands, (printed) => {
        if (closed) return;
        if (printed === null) armLater();
        else void tell(printed);
      });
    } catch {
      armLater();
    }
  };

  arm();
  return () => {
    closed = true;
    clearTimeout(timer);
    end();
  };
};
