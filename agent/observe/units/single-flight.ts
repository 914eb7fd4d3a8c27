/** One at a time. Asked for while it runs, it runs once more: what was asked before may not know of it. */
export const createSingleFlight = (
  run: () => Promise<void>,
  onFailure: (cause: unknown) => void,
): (() => Promise<void>) => {
  let running: Promise<void> | null = null;
  let again = false;

  const loop = async (): Promise<void> => {
    while (again) {
      again = false;
      await run();
    }
  };

  return () => {
    again = true;
    running ??= loop()
      .catch(onFailure)
      .finally(() => {
        running = null;
      });
    return running;
  };
};
