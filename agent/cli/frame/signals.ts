/** A closed terminal (SIGHUP) asks for a stop as much as Ctrl-C does. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface StopSignals {
  /** Resolves with the first signal that asks to stop. */
  readonly asked: Promise<NodeJS.Signals>;
  /** Aborts at the second: whoever presses Ctrl-C twice does not want to wait. */
  readonly hurry: AbortSignal;
}

export const watchSignals = (): StopSignals => {
  const hurry = new AbortController();
  const { promise: asked, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let count = 0;
  for (const signal of stopSignals) {
    process.on(signal, () => {
      count += 1;
      if (count === 1) resolve(signal);
      else hurry.abort();
    });
  }
  return { asked, hurry: hurry.signal };
};
