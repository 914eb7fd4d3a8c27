/** Does something at once when it is asked for, and then at most once in `everyMs`: what is asked meanwhile becomes one. */
export interface Pace {
  ask(): void;
  close(): void;
}

export const createPace = (everyMs: number, act: () => void): Pace => {
  let timer: NodeJS.Timeout | null = null;
  let asked = false;

  const rest = (): void => {
    timer = null;
    if (asked) begin();
  };
  const begin = (): void => {
    asked = false;
    timer = setTimeout(rest, everyMs);
    act();
  };
  return {
    ask() {
      if (timer) asked = true;
      else begin();
    },
    close() {
      if (timer) clearTimeout(timer);
    },
  };
};
