/** What a listener is given is the emitter's affair. */
// biome-ignore lint/suspicious/noExplicitAny: listeners of other libraries take what theirs do
export type Listener = (...given: any[]) => void;

/** Node's EventEmitter, or anything like it. */
export interface Emitter {
  on(event: string, listener: Listener): unknown;
  off?(event: string, listener: Listener): unknown;
  removeListener?(event: string, listener: Listener): unknown;
}

/** A listener of ours never throws into the emitter. */
export const quiet =
  (listener: Listener): Listener =>
  (...given) => {
    try {
      listener(...given);
    } catch {
      // Whatever came with the event, it is the same to the bot.
    }
  };

/** Listens to each event that is named. Returns what ends it. */
export const listen = (
  emitter: Emitter,
  listeners: ReadonlyMap<string | symbol, Listener>,
): (() => void) => {
  // A symbol is a name to Node's emitters, and to those alone.
  const kept = [...listeners].map(
    ([event, listener]) => [event as string, quiet(listener)] as const,
  );
  for (const [event, listener] of kept) emitter.on(event, listener);
  return () => {
    for (const [event, listener] of kept) {
      if (emitter.off) emitter.off(event, listener);
      else emitter.removeListener?.(event, listener);
    }
  };
};
