/** All of these; null: one of them is not known, or there are none. */
export const allKnown = <Item>(found: readonly (Item | null)[]): [Item, ...Item[]] | null => {
  const [first, ...others] = found.flatMap((one) => (one === null ? [] : [one]));
  return first !== undefined && others.length + 1 === found.length ? [first, ...others] : null;
};
