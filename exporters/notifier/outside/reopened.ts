/** Something that is opened. */
export interface Opened {
  start(): void;
  /** Never rejects. */
  stop(): Promise<void>;
}

/**
 * A part that goes on undisturbed while what is wanted stays as it was, and is opened again when it changed: the one
 * before has stopped before the next one starts, for two would be in each other's way.
 */
export const createReopened = <T extends Opened>() => {
  let current: T | null = null;
  let openedWith: string | null = null;
  let leaving: Promise<void> = Promise.resolve();

  const replace = (next: T | null): void => {
    const stopped = current?.stop();
    current = next;
    leaving = leaving
      .then(() => stopped)
      .then(() => {
        if (current === next) next?.start();
      });
  };

  return {
    /** null: there is none. */
    current: (): T | null => current,
    /** @param wanted plain JSON of all that it depends on. @throws what `open` throws; all is as before then */
    want(wanted: unknown, open: () => T | null): void {
      const text = JSON.stringify(wanted);
      if (text === openedWith) return;
      replace(open());
      openedWith = text;
    },
    stop(): Promise<void> {
      replace(null);
      return leaving;
    },
  };
};
