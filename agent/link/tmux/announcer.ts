import { changedChannel } from './dialect.ts';
import { newMark } from './mark.ts';
import { startWaiting } from './waiting-client.ts';

/** A client that ended unasked is replaced after so long, ms: its server may be about to go. */
const againMs = 1000;

/**
 * Waits until a managed server's hooks say that sessions came, went or were renamed, and gives what `commands`
 * print then: the server carries them out by itself, so between a death and its report no process has to be
 * started or asked. What changes while `onChange` resolves is not lost: the channel remembers its signal.
 */
export const startAnnouncer = (
  socket: string,
  commands: readonly (readonly string[])[],
  onChange: (printed: string) => Promise<void>,
): (() => void) => {
  let end = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const arm = (): void => {
    if (closed) return;
    const mark = `${newMark()}\n`;
    const client = startWaiting(socket, changedChannel, [
      ...commands,
      ['display-message', '-p', mark.trimEnd()],
    ]);
    let text = '';
    let told = false;
    const tell = async (printed: string): Promise<void> => {
      if (told || closed) return;
      told = true;
      // To start the next takes the time of a report, which goes first.
      await onChange(printed).catch(() => undefined);
      arm();
    };
    client.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith(mark)) void tell(text.slice(0, -mark.length));
    });
    client.on('error', () => undefined);
    // A command that failed, such as a listing of nothing, ends the client before its mark.
    client.on('close', () => {
      if (text !== '') void tell(text);
      else if (!told && !closed) timer = setTimeout(arm, againMs);
    });
    end = () => client.kill('SIGKILL');
  };

  arm();
  return () => {
    closed = true;
    clearTimeout(timer);
    end();
  };
};
