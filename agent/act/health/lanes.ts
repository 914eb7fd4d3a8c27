/** Of one server under way: the others wait for their turn. */
const maxAtOnce = 4;

interface Turn {
  server: string;
  life: string;
  run: () => Promise<void>;
}

/** Lets things be done about sessions: about each one at a time, about those of a server a few. */
export const createLanes = () => {
  const underWay: Turn[] = [];
  const waiting: Turn[] = [];

  const mayBegin = ({ server, life }: Turn): boolean =>
    underWay.every((one) => one.life !== life) &&
    underWay.filter((one) => one.server === server).length < maxAtOnce;

  const begin = (): void => {
    const next = waiting.findIndex(mayBegin);
    const [turn] = next === -1 ? [] : waiting.splice(next, 1);
    if (!turn) return;
    underWay.push(turn);
    void turn.run().finally(() => {
      underWay.splice(underWay.indexOf(turn), 1);
      begin();
    });
    begin();
  };

  /** @param run never rejects */
  return (turn: Turn): void => {
    waiting.push(turn);
    begin();
  };
};

export type Lanes = ReturnType<typeof createLanes>;
