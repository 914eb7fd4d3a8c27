import { spawn } from 'node:child_process';
import { TmuxFailure } from '../../model/failure.ts';
import { limitCall } from './call-limit.ts';
import { checked } from './checked.ts';
import { clientFlags } from './dialect.ts';

/**
 * One argument in tmux's configuration syntax. Every ASCII character with a meaning of its own is written
 * in octal, so nothing is expanded: no variable, no tilde, no format, no second command.
 */
export const quoteArgument = (text: string): string => {
  const escaped = text.replace(
    /[^A-Za-z0-9 _./:=,@%+\u0080-\u{10ffff}-]/gu,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${escaped}"`;
};

export const scriptOf = (commands: readonly (readonly string[])[]): string =>
  commands.map((words) => `${words.map(quoteArgument).join(' ')}\n`).join('');

/**
 * Runs tmux commands given on standard input, because an argument list can be read by every user of the
 * machine and environments and keys hold secrets.
 * @returns what they printed
 * @throws TmuxFailure `tmux-refused` with tmux's own words, `tmux-timeout`, `tmux-missing`
 */
export const runScript = (
  socket: string,
  commands: readonly (readonly string[])[],
  limitMs?: number,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const args = [...clientFlags, '-S', socket, 'source-file', '-'];
    const child = checked(spawn('tmux', args, { stdio: ['pipe', 'pipe', 'pipe'] }));
    let out = '';
    let err = '';
    const letGo = limitCall((ms) => {
      child.kill('SIGKILL');
      const message = `tmux took more than ${ms} ms`;
      reject(new TmuxFailure('tmux-timeout', message, { retryable: true }));
    }, limitMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (cause) => {
      letGo();
      reject(new TmuxFailure('tmux-missing', `cannot run tmux: ${cause.message}`, { cause }));
    });
    child.on('close', (code) => {
      letGo();
      if (code === 0) resolve(out);
      else reject(new TmuxFailure('tmux-refused', (err || out).trim().slice(0, 400)));
    });
    child.stdin.end(scriptOf(commands));
  });
