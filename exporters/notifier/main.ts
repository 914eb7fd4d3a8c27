import { Failure, messageOf } from '../../agent/model/failure.ts';
import { startNotifier } from './notifier.ts';
import { readOptions, usage } from './options.ts';
import { createSay } from './process-log.ts';

/** sysexits.h: the command line, and what cannot be written. */
const usageExit = 64;
const cannotCreate = 73;

/** A stop that takes longer is stuck: systemd would kill us later. ms */
const maxStopMs = 8000;

const { help, paths } = readOptions(process.argv.slice(2));
if (help || !paths) {
  console.error(usage);
  process.exit(help ? 0 : usageExit);
}

const { say, written } = createSay(process.env);
const asked = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => asked.abort());
}
// Under `holdfast up` the parent's end is ours: nothing is left behind.
if (process.connected) process.once('disconnect', () => asked.abort());

/**
 * Without a network a name is looked up for ten seconds and more, and process.exit waits for it: longer than systemd does. The
 * signal that asked for the end ends it at once.
 */
const endBySignal = (): void => {
  if (!process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap')) return;
  process.removeAllListeners('SIGTERM');
  process.kill(process.pid, 'SIGTERM');
};

const exit = async (code: number): Promise<never> => {
  await written();
  if (code === 0) endBySignal();
  return process.exit(code);
};

process.on('uncaughtException', (cause) => {
  say('error', 'the notifier ends', { why: messageOf(cause), stack: cause.stack });
  void exit(1);
});

try {
  const notifier = await startNotifier({
    paths,
    env: process.env,
    say,
    signal: asked.signal,
    onReady: () => {
      if (process.connected) process.send?.({ ready: true }, () => {});
    },
  });
  if (!asked.signal.aborted) {
    await new Promise((resolve) => asked.signal.addEventListener('abort', resolve));
  }
  setTimeout(() => {
    say('error', 'the stop takes too long and is cut short', { ms: maxStopMs });
    void exit(1);
  }, maxStopMs).unref();
  await notifier.stop();
  await exit(0);
} catch (cause) {
  if (asked.signal.aborted) await exit(0);
  const code = cause instanceof Failure ? { code: cause.code } : {};
  say('error', 'the notifier cannot start', { ...code, why: messageOf(cause) });
  await exit(cannotCreate);
}
